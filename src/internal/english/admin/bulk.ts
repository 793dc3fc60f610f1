import { counted } from '../counted.ts'

type Count = { count: number; locale: string }

/** The words of work on many conversations at once. */
export interface BulkMessages {
  /** Names the bar over what is chosen. */
  bulkBar: string
  bulkChosen: (values: Count) => string
  /** When all that match are chosen; `except` were taken out again. */
  bulkAllChosen: (values: { except: number; locale: string }) => string
  bulkChooseAll: string
  bulkClear: string
  bulkExport: string
  bulkMeta: string
  bulkDelete: string
  /** While all that match are looked up. */
  bulkCollecting: (values: Count) => string
  bulkCollectFailed: string
  /** When nothing matches. */
  bulkNothing: string
  /** Over the names of some of them. */
  bulkAmongThem: string
  bulkAndMore: (values: Count) => string
  bulkExportTitle: string
  bulkExportBody: (values: Count) => string
  bulkExportFormat: string
  bulkFormatCsv: string
  bulkFormatCsvMessages: string
  bulkFormatJson: string
  bulkFormatMarkdown: string
  bulkFormatHtml: string
  bulkExportStart: (values: Count) => string
  bulkMetaTitle: string
  bulkMetaMerge: string
  bulkMetaReplace: string
  /** Under the choice to replace: what is there now is lost. */
  bulkMetaReplaceHint: string
  bulkMetaKey: string
  bulkMetaValue: string
  bulkMetaAdd: string
  bulkMetaRemove: (values: { key: string }) => string
  /** A key begins with a letter or a digit. */
  bulkMetaBadKey: string
  bulkMetaTwice: string
  bulkMetaStart: (values: Count) => string
  bulkDeleteTitle: (values: Count) => string
  /** `seconds`: how long it can be undone. */
  bulkDeleteBody: (values: { seconds: number; locale: string }) => string
  bulkDeleteStart: (values: Count) => string
  /** Names the work that goes on. */
  bulkWork: string
  bulkDeleting: (values: Count) => string
  bulkChanging: (values: Count) => string
  bulkExporting: (values: Count) => string
  /** In the time in which a deletion can be taken back. */
  bulkDeletingIn: (values: { seconds: number; locale: string }) => string
  bulkUndo: string
  bulkPause: string
  bulkResume: string
  bulkCancel: string
  bulkCounts: (values: { done: number; total: number; locale: string }) => string
  bulkFailed: (values: Count) => string
  bulkDone: string
  bulkCancelled: string
  bulkUndone: string
  bulkPaused: string
  bulkOffline: string
  bulkSession: string
  bulkStorage: string
  /** The server asked to wait. */
  bulkSlow: (values: { seconds: number; locale: string }) => string
  bulkResumed: string
  bulkElsewhere: string
  /** Where work cannot be written down. */
  bulkNotKept: string
  /** Of records of work that are damaged or too old. */
  bulkDropped: (values: Count) => string
  bulkRetry: (values: Count) => string
  bulkReasons: string
  /** A reason that nobody has words for; `code` is what the server calls it. */
  bulkRefused: (values: { code: string }) => string
  bulkGone: string
  bulkDownload: string
  /** On a file that lacks those that failed. */
  bulkIncomplete: (values: Count) => string
  bulkDismiss: string
  /** In exported files. */
  exportContents: string
  exportMessages: (values: Count) => string
  exportTitle: string
  /** Who writes to the assistant. */
  exportUser: string
  exportContext: string
  exportInstruction: string
  exportBackstory: string
  exportActivity: string
  exportCheckpoint: string
  exportExported: (values: { date: string }) => string
}

export const bulkWords: BulkMessages = {
  bulkBar: 'Chosen conversations',
  bulkChosen: ({ count, locale }) => `${new Intl.NumberFormat(locale).format(count)} selected`,
  bulkAllChosen: ({ except, locale }) =>
    except === 0
      ? 'All that match selected'
      : `All that match selected, except ${counted(except, locale, 'conversation')}`,
  bulkChooseAll: 'Select all that match',
  bulkClear: 'Clear selection',
  bulkExport: 'Export…',
  bulkMeta: 'Change meta…',
  bulkDelete: 'Delete…',
  bulkCollecting: ({ count, locale }) => `Looking for all that match: ${counted(count, locale, 'conversation')} so far`,
  bulkCollectFailed: 'Not all that match could be found.',
  bulkNothing: 'No conversation matches.',
  bulkAmongThem: 'Among them',
  bulkAndMore: ({ count, locale }) => `and ${new Intl.NumberFormat(locale).format(count)} more`,
  bulkExportTitle: 'Export conversations',
  bulkExportBody: ({ count, locale }) => `${counted(count, locale, 'conversation')} with all messages.`,
  bulkExportFormat: 'Format',
  bulkFormatCsv: 'CSV, a row for each conversation',
  bulkFormatCsvMessages: 'CSV, a row for each message',
  bulkFormatJson: 'JSON, can be imported again',
  bulkFormatMarkdown: 'Markdown',
  bulkFormatHtml: 'HTML, one file to read and print',
  bulkExportStart: ({ count, locale }) => `Export ${counted(count, locale, 'conversation')}`,
  bulkMetaTitle: 'Change meta',
  bulkMetaMerge: 'Add these, keep the others',
  bulkMetaReplace: 'Replace all meta by these',
  bulkMetaReplaceHint: 'What the meta of these conversations has now is lost.',
  bulkMetaKey: 'Key',
  bulkMetaValue: 'Value',
  bulkMetaAdd: 'Add another',
  bulkMetaRemove: ({ key }) => `Remove ${key || 'this line'}`,
  bulkMetaBadKey: 'A key begins with a letter or a digit.',
  bulkMetaTwice: 'This key is there twice.',
  bulkMetaStart: ({ count, locale }) => `Change ${counted(count, locale, 'conversation')}`,
  bulkDeleteTitle: ({ count, locale }) => `Delete ${counted(count, locale, 'conversation')}?`,
  bulkDeleteBody: ({ seconds, locale }) =>
    `Their messages and files are deleted too. You have ${counted(seconds, locale, 'second')} to undo it; after that they cannot be brought back.`,
  bulkDeleteStart: ({ count, locale }) => `Delete ${counted(count, locale, 'conversation')}`,
  bulkWork: 'Work in progress',
  bulkDeleting: ({ count, locale }) => `Deleting ${counted(count, locale, 'conversation')}`,
  bulkChanging: ({ count, locale }) => `Changing the meta of ${counted(count, locale, 'conversation')}`,
  bulkExporting: ({ count, locale }) => `Exporting ${counted(count, locale, 'conversation')}`,
  bulkDeletingIn: ({ seconds, locale }) => `Begins in ${counted(seconds, locale, 'second')}`,
  bulkUndo: 'Undo',
  bulkPause: 'Pause',
  bulkResume: 'Resume',
  bulkCancel: 'Cancel',
  bulkCounts: ({ done, total, locale }) => {
    const numbers = new Intl.NumberFormat(locale)
    return `${numbers.format(done)} of ${numbers.format(total)}`
  },
  bulkFailed: ({ count, locale }) => `${new Intl.NumberFormat(locale).format(count)} failed`,
  bulkDone: 'Done',
  bulkCancelled: 'Cancelled. What was not done yet stays as it is.',
  bulkUndone: 'Undone. Nothing was deleted.',
  bulkPaused: 'Paused',
  bulkOffline: 'No connection. It goes on by itself when there is one.',
  bulkSession: 'The session has ended. Sign in again, then resume.',
  bulkStorage: 'The progress cannot be saved, so nothing more is sent.',
  bulkSlow: ({ seconds, locale }) =>
    `The server cannot take more now. It goes on in ${counted(seconds, locale, 'second')}.`,
  bulkResumed: 'Went on after the page was loaded again.',
  bulkElsewhere: 'Another tab does this.',
  bulkNotKept: 'Keep this page open until it is done.',
  bulkDropped: ({ count, locale }) => `${counted(count, locale, 'earlier job')} could not be read and will not go on.`,
  bulkRetry: ({ count, locale }) => `Retry ${new Intl.NumberFormat(locale).format(count)} failed`,
  bulkReasons: 'What failed',
  bulkRefused: ({ code }) => `The server refused it (${code}).`,
  bulkGone: 'It does not exist any more.',
  bulkDownload: 'Download',
  bulkIncomplete: ({ count, locale }) => `Without the ${new Intl.NumberFormat(locale).format(count)} that failed.`,
  bulkDismiss: 'Dismiss',
  exportContents: 'Contents',
  exportMessages: ({ count, locale }) => counted(count, locale, 'message'),
  exportTitle: 'Conversations',
  exportUser: 'User',
  exportContext: 'Note',
  exportInstruction: 'Instruction',
  exportBackstory: 'Backstory',
  exportActivity: 'Activity',
  exportCheckpoint: 'Summary',
  exportExported: ({ date }) => `Exported ${date}`,
}
