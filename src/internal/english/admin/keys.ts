import { counted } from '../counted.ts'

interface Counted {
  count: number
  locale: string
}

/** The words of shortcuts and the command menu. */
export interface KeysMessages {
  /** What the commands are in: groups of the lists that show them. */
  keysMove: string
  keysConversation: string
  keysPage: string
  keysNext: string
  keysPrevious: string
  keysOpen: string
  keysSelect: string
  keysSelectAll: string
  keysSearch: string
  keysFilter: string
  keysDelete: string
  keysRename: string
  keysReply: string
  keysNote: string
  keysNew: string
  keysUndo: string
  keysMenu: string
  keysHelp: string
  /** The title of the list of shortcuts. */
  keysTitle: string
  /** Turns shortcuts of one key on and off. */
  keysSingle: string
  keysSingleHelp: string
  /** In the place of keys, where a command has none. */
  keysNone: string
  keysChange: (values: { command: string; keys: string }) => string
  keysAdd: (values: { command: string }) => string
  keysRemove: (values: { command: string; keys: string }) => string
  /** Where the next keys pressed become the shortcut. */
  keysPress: string
  keysPressHelp: string
  keysTaken: (values: { keys: string; command: string }) => string
  keysTake: string
  keysKeep: string
  keysRefused: (values: { keys: string }) => string
  keysReset: (values: { command: string }) => string
  keysResetAll: string
  /** Spoken when keys were changed. */
  keysChanged: (values: { command: string; keys: string }) => string
  /** Between two shortcuts of one command. */
  keysOr: string
  /** Names of keys. */
  keysSpace: string
  keysEscape: string
  keysEnter: string
  keysBackspace: string
  keysDel: string
  keysControl: string
  keysShift: string
  keysAlt: string
  /** The command menu, and its field. */
  menuTitle: string
  menuPlaceholder: string
  menuRecent: string
  menuNothing: string
  menuCount: (values: Counted) => string
  /** What the keys of the menu do, at its foot. */
  menuHintMove: string
  menuHintRun: string
  menuHintClose: string
}

export const keysWords: KeysMessages = {
  keysMove: 'Moving around',
  keysConversation: 'Conversation',
  keysPage: 'Everywhere',
  keysNext: 'Next conversation',
  keysPrevious: 'Previous conversation',
  keysOpen: 'Open conversation',
  keysSelect: 'Select conversation',
  keysSelectAll: 'Select all that match',
  keysSearch: 'Search',
  keysFilter: 'Filter',
  keysDelete: 'Delete',
  keysRename: 'Rename',
  keysReply: 'Reply',
  keysNote: 'Add a note',
  keysNew: 'New conversation',
  keysUndo: 'Undo',
  keysMenu: 'Command menu',
  keysHelp: 'Keyboard shortcuts',
  keysTitle: 'Keyboard shortcuts',
  keysSingle: 'Shortcuts of a single key',
  keysSingleHelp: 'Turn them off if you speak to your computer, or press keys by chance.',
  keysNone: 'None',
  keysChange: ({ command, keys }) => `Change ${keys} for ${command}`,
  keysAdd: ({ command }) => `Add a shortcut for ${command}`,
  keysRemove: ({ command, keys }) => `Remove ${keys} from ${command}`,
  keysPress: 'Press keys…',
  keysPressHelp: 'Press the new keys, or Escape to leave it as it is.',
  keysTaken: ({ keys, command }) => `${keys} is used for ${command}.`,
  keysTake: 'Use it here',
  keysKeep: 'Leave it there',
  keysRefused: ({ keys }) => `${keys} is needed by the page. Choose another.`,
  keysReset: ({ command }) => `Reset ${command}`,
  keysResetAll: 'Reset all',
  keysChanged: ({ command, keys }) => `${command}: ${keys}`,
  keysOr: 'or',
  keysSpace: 'Space',
  keysEscape: 'Esc',
  keysEnter: 'Enter',
  keysBackspace: 'Backspace',
  keysDel: 'Delete',
  keysControl: 'Ctrl',
  keysShift: 'Shift',
  keysAlt: 'Alt',
  menuTitle: 'Command menu',
  menuPlaceholder: 'What do you want to do?',
  menuRecent: 'Recent',
  menuNothing: 'No command matches.',
  menuCount: ({ count, locale }) => counted(count, locale, 'command'),
  menuHintMove: 'Move',
  menuHintRun: 'Run',
  menuHintClose: 'Close',
}
