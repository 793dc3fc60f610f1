/** The words of shortcuts and the command menu. */
export interface KeysMessages {}

export const keysWords: KeysMessages = {}
