import { counted } from '../counted.ts'

type Count = { count: number; locale: string }

/** The words of the search. */
export interface SearchMessages {
  /** The name of the field. */
  searchLabel: string
  searchPlaceholder: string
  searchClear: string
  /** The name of the list of what was found. */
  searchResults: string
  /** Over the list, and spoken when the reader has stopped typing. */
  searchFound: (values: Count) => string
  searchNothing: string
  /** Under it, when there are conversations that are not loaded. */
  searchNothingLoaded: string
  /** Under it, when facets are chosen. */
  searchNothingChosen: string
  /** Under it, when neither is the reason. */
  searchNothingSpelling: string
  /** When no conversation has all words that were asked for. */
  searchSome: string
  searchFailed: string
  /** What is searched. `more`: there are conversations that are not loaded. */
  searchLoaded: (values: Count & { more: boolean }) => string
  searchMessages: (values: Count) => string
  /** Of messages that are too long only the beginning is searched. */
  searchShortened: (values: Count) => string
  /** While what was loaded is being added. */
  searchPending: (values: Count) => string
  searchLoadMore: string
  /** While it is loaded: of how many conversations the messages were read. */
  searchLoading: (values: { done: number; total: number; locale: string }) => string
  /** Before it is known how many there are. */
  searchListing: string
  searchStop: string
  searchOffline: string
  searchNotRead: (values: Count) => string
  searchGoOn: string
  /** The name of all that results can be narrowed by. */
  searchFacets: string
  searchClearFacets: string
  searchBot: string
  searchContact: string
  searchModel: string
  searchSpeaker: string
  /** Who said it, by the type of the message. */
  searchSpokenBy: (values: { type: string }) => string
  /** In how many messages of a conversation something was found. */
  searchIn: (values: Count) => string
  /** When there is no room for all. */
  searchShown: (values: Count & { total: number }) => string
  searchShowMore: string
}

const SPEAKERS: Record<string, string> = {
  user: 'User',
  bot: 'Assistant',
  reasoning: 'Thoughts',
  context: 'Note',
  instruction: 'Instruction',
  backstory: 'Backstory',
  activity: 'Activity',
  checkpoint: 'Summary',
}

const number = (count: number, locale: string) => new Intl.NumberFormat(locale).format(count)

export const searchWords: SearchMessages = {
  searchLabel: 'Search conversations',
  searchPlaceholder: 'Search',
  searchClear: 'Clear the search',
  searchResults: 'Search results',
  searchFound: ({ count, locale }) => `${counted(count, locale, 'conversation')} found`,
  searchNothing: 'Nothing found',
  searchNothingLoaded: 'Only what was loaded is searched. Load more, and it is searched too.',
  searchNothingChosen: 'Without the filters there may be something.',
  searchNothingSpelling: 'Try other words, or fewer of them.',
  searchSome: 'No conversation has all of these words. These have some.',
  searchFailed: 'The search did not work.',
  searchLoaded: ({ count, locale, more }) =>
    more ? `${number(count, locale)} loaded of more` : `All ${counted(count, locale, 'conversation')} loaded`,
  searchMessages: ({ count, locale }) => counted(count, locale, 'message'),
  searchShortened: ({ count, locale }) =>
    `Of ${counted(count, locale, 'very long message')} only the beginning is searched.`,
  searchPending: ({ count, locale }) => `${number(count, locale)} still to be added`,
  searchLoadMore: 'Load more',
  searchLoading: ({ done, total, locale }) =>
    `Messages of ${number(done, locale)} of ${counted(total, locale, 'conversation')} read`,
  searchListing: 'Looking for conversations',
  searchStop: 'Stop loading',
  searchOffline: 'You are offline. It goes on when the network is back.',
  searchNotRead: ({ count, locale }) => `The messages of ${counted(count, locale, 'conversation')} could not be read.`,
  searchGoOn: 'Go on',
  searchFacets: 'Narrow the results',
  searchClearFacets: 'Clear filters',
  searchBot: 'Bot',
  searchContact: 'Contact',
  searchModel: 'Model',
  searchSpeaker: 'Said by',
  searchSpokenBy: ({ type }) => SPEAKERS[type] ?? type,
  searchIn: ({ count, locale }) => counted(count, locale, 'message'),
  searchShown: ({ count, total, locale }) => `The best ${number(count, locale)} of ${number(total, locale)} are shown.`,
  searchShowMore: 'Show more',
}
