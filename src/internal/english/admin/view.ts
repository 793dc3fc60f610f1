import { counted } from '../counted.ts'

interface Counted {
  count: number
  locale: string
}

/** The words of filters, sorting and saved views. */
export interface ViewMessages {
  /** The bar with all of it. */
  viewBar: string
  /** The chip that takes every filter away. */
  viewAll: string
  /** The user spoke last. */
  viewUnanswered: string
  viewVotedDown: string
  viewToday: string
  /** The button that opens the filters, and their title. */
  viewFilters: string
  /** Spoken with it: how many filters are on. */
  viewFiltersOn: (values: Counted) => string
  viewClear: string
  /** The list of the filters that are on. */
  viewActive: string
  viewRemove: (values: { filter: string }) => string
  /** The first choice of a filter: it leaves nothing out. */
  viewAny: string
  viewLastMessage: string
  viewFromUser: string
  viewFromBot: string
  viewVotes: string
  viewVotesUp: string
  viewVotesDown: string
  viewVotesAny: string
  viewVotesNone: string
  viewChanged: string
  /** The last so many days, today among them. */
  viewLastDays: (values: Counted) => string
  /** The choice that shows two fields for dates. */
  viewDates: string
  viewFrom: string
  viewTo: string
  /** A time in words: from a day, to a day, or both. */
  viewBetween: (values: { from?: string; to?: string }) => string
  /** The day so many days before today. */
  viewDaysAgo: (values: Counted) => string
  viewBot: string
  viewContact: string
  viewTask: string
  viewModel: string
  /** Pairs of a name and a value that a page keeps with a conversation. */
  viewMeta: string
  viewMetaKey: string
  viewMetaValue: string
  viewMetaAdd: string
  viewSearch: string
  /** A filter and what it is set to. */
  viewChip: (values: { filter: string; value: string }) => string
  viewSort: string
  viewNewest: string
  viewOldest: string
  viewChangedLast: string
  viewChangedFirst: string
  viewNameUp: string
  viewNameDown: string
  viewBest: string
  viewWorst: string
  /** How much there is to choose from, while the API has more. */
  viewLoadedOfMore: (values: Counted) => string
  viewAllLoaded: (values: Counted) => string
  /** How many of those loaded are shown. */
  viewMatching: (values: Counted) => string
  /** Why there may be more than are shown. */
  viewOnlyLoaded: string
  /** Of how many it is not known who spoke last. */
  viewUnknown: (values: Counted) => string
  viewSaved: string
  viewSave: string
  viewSaveName: string
  /** Saves the filters that are on under the name of the view that is open. */
  viewUpdate: (values: { name: string }) => string
  viewNoSaved: string
  viewManage: string
  viewManaged: string
  viewRename: (values: { name: string }) => string
  viewDelete: (values: { name: string }) => string
  viewMoveUp: (values: { name: string }) => string
  viewMoveDown: (values: { name: string }) => string
  /** Whether an inbox opens with this view. */
  viewDefault: (values: { name: string }) => string
  viewDefaultMark: string
  viewDeleted: (values: { name: string }) => string
  viewUndo: string
  viewExport: string
  viewImport: string
  viewImported: (values: Counted) => string
  viewRefused: (values: Counted) => string
  viewRefusedFile: string
  viewRefusedNewer: string
  viewRefusedName: string
  viewRefusedView: (values: { fields: string }) => string
  viewRefusedTwice: string
  viewRefusedFull: string
  /** Under a name that is taken. */
  viewTaken: string
  /** The browser keeps nothing. */
  viewNotKept: string
}

export const viewWords: ViewMessages = {
  viewBar: 'Filters and order',
  viewAll: 'All',
  viewUnanswered: 'Unanswered',
  viewVotedDown: 'Voted down',
  viewToday: 'Today',
  viewFilters: 'Filters',
  viewFiltersOn: ({ count, locale }) => counted(count, locale, 'filter on', 'filters on'),
  viewClear: 'Clear all',
  viewActive: 'Filters that are on',
  viewRemove: ({ filter }) => `Remove ${filter}`,
  viewAny: 'Any',
  viewLastMessage: 'Last message',
  viewFromUser: 'From the user',
  viewFromBot: 'From the bot',
  viewVotes: 'Votes',
  viewVotesUp: 'Voted up',
  viewVotesDown: 'Voted down',
  viewVotesAny: 'Voted',
  viewVotesNone: 'Not voted',
  viewChanged: 'Last changed',
  viewLastDays: ({ count, locale }) => `Last ${counted(count, locale, 'day')}`,
  viewDates: 'Dates…',
  viewFrom: 'From',
  viewTo: 'To',
  viewBetween: ({ from, to }) => (from && to ? `${from} – ${to}` : from ? `since ${from}` : `until ${to}`),
  viewDaysAgo: ({ count, locale }) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(-count, 'day'),
  viewBot: 'Bot',
  viewContact: 'Contact',
  viewTask: 'Task',
  viewModel: 'Model',
  viewMeta: 'Meta',
  viewMetaKey: 'Name',
  viewMetaValue: 'Value',
  viewMetaAdd: 'Add',
  viewSearch: 'Search',
  viewChip: ({ filter, value }) => `${filter}: ${value}`,
  viewSort: 'Order',
  viewNewest: 'Newest first',
  viewOldest: 'Oldest first',
  viewChangedLast: 'Last changed first',
  viewChangedFirst: 'Longest unchanged first',
  viewNameUp: 'Name, A to Z',
  viewNameDown: 'Name, Z to A',
  viewBest: 'Best voted first',
  viewWorst: 'Worst voted first',
  viewLoadedOfMore: ({ count, locale }) => `${new Intl.NumberFormat(locale).format(count)} loaded of more`,
  viewAllLoaded: ({ count, locale }) => `All ${new Intl.NumberFormat(locale).format(count)} loaded`,
  viewMatching: ({ count, locale }) => `${new Intl.NumberFormat(locale).format(count)} shown`,
  viewOnlyLoaded: 'Some filters see only what is loaded.',
  viewUnknown: ({ count, locale }) =>
    `Who spoke last is not known of ${counted(count, locale, 'conversation', 'conversations')}.`,
  viewSaved: 'Views',
  viewSave: 'Save view',
  viewSaveName: 'Name of the view',
  viewUpdate: ({ name }) => `Update “${name}”`,
  viewNoSaved: 'Set filters, then save them here under a name.',
  viewManage: 'Edit views',
  viewManaged: 'Done',
  viewRename: ({ name }) => `New name for ${name}`,
  viewDelete: ({ name }) => `Delete ${name}`,
  viewMoveUp: ({ name }) => `Move ${name} up`,
  viewMoveDown: ({ name }) => `Move ${name} down`,
  viewDefault: ({ name }) => `Open with ${name}`,
  viewDefaultMark: 'Opens first',
  viewDeleted: ({ name }) => `“${name}” deleted`,
  viewUndo: 'Undo',
  viewExport: 'Export',
  viewImport: 'Import',
  viewImported: ({ count, locale }) => `${counted(count, locale, 'view')} imported`,
  viewRefused: ({ count, locale }) => `${counted(count, locale, 'view')} refused`,
  viewRefusedFile: 'This file holds no saved views.',
  viewRefusedNewer: 'This file is from a newer version.',
  viewRefusedName: 'Has no name',
  viewRefusedView: ({ fields }) => `Cannot be read: ${fields}`,
  viewRefusedTwice: 'Is here already',
  viewRefusedFull: 'There is no room for more views',
  viewTaken: 'There is a view with this name.',
  viewNotKept: 'This browser keeps nothing: views are gone when the page is.',
}
