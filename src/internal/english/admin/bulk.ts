/** The words of work on many conversations at once. */
export interface BulkMessages {}

export const bulkWords: BulkMessages = {}
