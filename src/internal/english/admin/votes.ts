import { counted } from '../counted.ts'

type Count = (values: { count: number; locale: string }) => string

/** The words of the board of votes, and of the panel that says what a conversation has used. */
export interface BoardMessages {
  boardTitle: string
  /** The choice of a time, and what can be chosen. */
  boardRange: string
  boardLastDays: Count
  boardLastYear: string
  boardAllTime: string
  /** The choice of what votes are put together by, and what can be chosen; also the heads of columns. */
  boardUnit: string
  boardDay: string
  boardWeek: string
  boardMonth: string
  /** Reads all votes again. */
  boardReload: string
  /** How many voted one way or the other. */
  boardUp: string
  boardDown: string
  /** How many of all votes are ups. */
  boardShare: string
  /** The head of a column: where the share most likely lies. */
  boardIntervalName: string
  /** Explains them, once. */
  boardIntervalHelp: string
  boardVotes: Count
  boardOverTime: string
  boardByBot: string
  boardByModel: string
  /** The heads of columns. */
  boardBot: string
  boardModel: string
  boardReasons: string
  /** Turns a chart into a table and back. */
  boardTable: string
  boardNoBot: string
  boardNoModel: string
  /** Votes in conversations that have not been read. */
  boardUnknownModel: string
  boardLookUp: Count
  boardReason: string
  boardNoReason: string
  /** The list of down-votes. */
  boardDowns: string
  boardDownsMore: string
  /** In the place of the name of a conversation that was deleted. */
  boardGone: string
  /** Shows down-votes with any reason again. */
  boardAnyReason: string
  boardLoading: string
  boardEmpty: string
  boardEmptyBody: string
  boardEmptyRange: string
  boardNoDowns: string
  /** Where more votes can be read. */
  boardSoFar: (values: { votes: number; contacts: number; locale: string }) => string
  boardMore: string
  boardFailed: string
  /** Where the client of the page cannot read ratings. */
  boardCannotRead: string
  /** The name of the panel that says what a conversation has used. */
  usageTitle: string
  usageTokens: string
  usageMessages: string
  usagePerMessage: string
  usageCost: string
  /** Which time the numbers above are of. */
  usageSpan: string
  /** From a question to its answer, in the messages that are loaded. */
  usageAnswerTime: string
  /** Both with their unit: the middle one of all answers, and the longest. */
  usageTimes: (values: { median: string; longest: string }) => string
  /** Answers that did not come to their end, as far as it is known. */
  usageCutOff: string
  usageStopped: string
  usageFailed: string
}

export const votesWords: BoardMessages = {
  boardTitle: 'Votes',
  boardRange: 'Time',
  boardLastDays: ({ count, locale }) => `Last ${counted(count, locale, 'day')}`,
  boardLastYear: 'Last 12 months',
  boardAllTime: 'All time',
  boardUnit: 'Group by',
  boardDay: 'Day',
  boardWeek: 'Week',
  boardMonth: 'Month',
  boardReload: 'Read again',
  boardUp: 'Up',
  boardDown: 'Down',
  boardShare: 'Share of ups',
  boardIntervalName: '95% interval',
  boardIntervalHelp:
    'With few votes a share says little: the line shows where it lies with 95% confidence. Best first, by the lower end of it.',
  boardVotes: ({ count, locale }) => counted(count, locale, 'vote'),
  boardOverTime: 'Over time',
  boardByBot: 'By bot',
  boardByModel: 'By model',
  boardBot: 'Bot',
  boardModel: 'Model',
  boardReasons: 'Why down',
  boardTable: 'Table',
  boardNoBot: 'Without a bot',
  boardNoModel: 'Model not set',
  boardUnknownModel: 'Model not looked up',
  boardLookUp: ({ count, locale }) => `Look up ${counted(count, locale, 'conversation')}`,
  boardReason: 'Reason',
  boardNoReason: 'No reason given',
  boardDowns: 'Down-votes',
  boardDownsMore: 'Show more down-votes',
  boardGone: 'Deleted conversation',
  boardAnyReason: 'Any reason',
  boardLoading: 'Reading votes…',
  boardEmpty: 'No votes yet.',
  boardEmptyBody:
    'They come when people press the thumbs under an answer. They are read from your contacts, and from the conversations that are opened here.',
  boardEmptyRange: 'No votes in this time.',
  boardNoDowns: 'No down-votes in this time.',
  boardSoFar: ({ votes, contacts, locale }) =>
    `${counted(votes, locale, 'vote')} so far, of ${counted(contacts, locale, 'contact')}. There are more.`,
  boardMore: 'Load more votes',
  boardFailed: 'The votes could not all be read.',
  boardCannotRead: 'This page cannot read the votes of contacts. Shown is what it has seen itself.',
  usageTitle: 'Usage',
  usageTokens: 'Tokens',
  usageMessages: 'Messages',
  usagePerMessage: 'Tokens a message',
  usageCost: 'Cost',
  usageSpan: 'Of the last 90 days',
  usageAnswerTime: 'Time to answer',
  usageTimes: ({ median, longest }) => `${median}, at most ${longest}`,
  usageCutOff: 'Cut off at their limit',
  usageStopped: 'Stopped',
  usageFailed: 'Not finished',
}
