/** The words of filters, sorting and saved views. */
export interface ViewMessages {}

export const viewWords: ViewMessages = {}
