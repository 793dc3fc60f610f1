/** The words of the board of votes. */
export interface BoardMessages {}

export const votesWords: BoardMessages = {}
