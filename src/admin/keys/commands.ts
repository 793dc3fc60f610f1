import type { KeysMessages } from '../../internal/english/admin/keys.ts'

/** Something that can be done by a key press or from the command menu. */
export interface Command {
  id: string
  label: string
  /** Under which heading lists show it. */
  group: string
  /** Shortcuts that it has as long as nobody chose others. */
  keys: readonly string[]
  /** Whether it runs again and again as long as the key is held. */
  repeat: boolean
  disabled: boolean
  run: () => void
}

/** What is said of a command of one's own. Those that are known have all but `run` by themselves. */
export interface CommandOptions {
  run: () => void
  /** @default that of the known command, else its id */
  label?: string
  /** @default that of the known command, else `keysPage` */
  group?: string
  /** `j`, `Shift+J`, `Mod+K`, `ArrowDown`, `?`; `Mod` is ⌘ on a Mac and Ctrl elsewhere. @default those of the known command, else none */
  keys?: readonly string[]
  /** @default `false`, and `true` for what moves */
  repeat?: boolean
  /** It is listed, and cannot be run. @default false */
  disabled?: boolean
}

interface Known {
  label: keyof KeysMessages
  group: 'keysMove' | 'keysConversation' | 'keysPage'
  keys: readonly string[]
  repeat?: boolean
}

/** The commands of an inbox, in the order in which they are listed. */
export const KNOWN = {
  next: { label: 'keysNext', group: 'keysMove', keys: ['j', 'ArrowDown'], repeat: true },
  previous: { label: 'keysPrevious', group: 'keysMove', keys: ['k', 'ArrowUp'], repeat: true },
  open: { label: 'keysOpen', group: 'keysMove', keys: ['Enter', 'o'] },
  select: { label: 'keysSelect', group: 'keysMove', keys: ['x'] },
  selectAll: { label: 'keysSelectAll', group: 'keysMove', keys: ['Shift+X'] },
  search: { label: 'keysSearch', group: 'keysMove', keys: ['/'] },
  filter: { label: 'keysFilter', group: 'keysMove', keys: ['f'] },
  reply: { label: 'keysReply', group: 'keysConversation', keys: ['r'] },
  note: { label: 'keysNote', group: 'keysConversation', keys: ['n'] },
  rename: { label: 'keysRename', group: 'keysConversation', keys: ['F2'] },
  delete: { label: 'keysDelete', group: 'keysConversation', keys: ['#', 'Delete'] },
  create: { label: 'keysNew', group: 'keysConversation', keys: ['c'] },
  undo: { label: 'keysUndo', group: 'keysPage', keys: ['Mod+Z'] },
  menu: { label: 'keysMenu', group: 'keysPage', keys: ['Mod+K'] },
  help: { label: 'keysHelp', group: 'keysPage', keys: ['?'] },
} as const satisfies Record<string, Known>

/** The ids of the commands that have words and keys of their own. */
export type KnownCommand = keyof typeof KNOWN

/** What can be done, by id. A function is what a known command runs; `undefined` and `false` stand for none. */
export type CommandMap = {
  [id in KnownCommand]?: CommandOptions | (() => void) | false
} & { [id: string]: CommandOptions | (() => void) | false | undefined }

const isKnown = (id: string): id is KnownCommand => Object.hasOwn(KNOWN, id)

/** A map of commands as the list it stands for. */
export function commandsOf(map: CommandMap, words: KeysMessages): Command[] {
  return Object.entries(map).flatMap(([id, given]) => {
    if (!given) return []
    const known: Known | undefined = isKnown(id) ? KNOWN[id] : undefined
    const options = typeof given === 'function' ? { run: given } : given
    return [
      {
        id,
        label: options.label ?? (known ? String(words[known.label]) : id),
        group: options.group ?? words[known?.group ?? 'keysPage'],
        keys: options.keys ?? known?.keys ?? [],
        repeat: options.repeat ?? known?.repeat ?? false,
        disabled: options.disabled ?? false,
        run: options.run,
      },
    ]
  })
}

const RANK = new Map(Object.keys(KNOWN).map((id, index) => [id, index]))

/**
 * One list of what several parts of a page can do. Of two commands with one id the one that came last counts, unless it is disabled and
 * the other is not.
 */
export function joinCommands(parts: Iterable<readonly Command[]>): Command[] {
  const byId = new Map<string, Command>()
  for (const commands of parts)
    for (const command of commands) {
      const other = byId.get(command.id)
      if (!other || !command.disabled || other.disabled) byId.set(command.id, command)
    }
  const rank = ({ id }: Command) => RANK.get(id) ?? RANK.size
  return [...byId.values()].sort((one, other) => rank(one) - rank(other))
}

/** Things of one heading together, in the order in which the headings come. */
export function groupsOf<T extends { group: string }>(list: readonly T[]): [group: string, members: T[]][] {
  const groups = new Map<string, T[]>()
  for (const one of list) {
    const members = groups.get(one.group)
    if (members) members.push(one)
    else groups.set(one.group, [one])
  }
  return [...groups]
}
