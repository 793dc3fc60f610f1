/** The words of the search. */
export interface SearchMessages {}

export const searchWords: SearchMessages = {}
