import { asRecord } from '../view/view.ts'
import type { Command } from './commands.ts'
import { cleanKeys, parseKeys } from './keys.ts'

/** What people have chosen, as it is kept. */
export interface KeySettings {
  version: 1
  /** By the id of a command: its shortcuts in place of those it has by itself. */
  keys: Readonly<Record<string, readonly string[]>>
  /** Whether shortcuts of one sign are on. */
  single: boolean
  /** What was run last from the command menu, the newest first. */
  recent: readonly string[]
}

const NOTHING: KeySettings = { version: 1, keys: {}, single: true, recent: [] }
const MOST_RECENT = 8
const MOST_KEYS = 5

const isText = (value: unknown): value is string => typeof value === 'string'

/** From what was kept, whatever it is. */
export function parseSettings(value: unknown): KeySettings {
  const { version, keys, single, recent } = asRecord(value)
  if (version !== 1) return NOTHING
  return {
    version,
    keys: Object.fromEntries(
      Object.entries(asRecord(keys)).flatMap(([id, list]) => (Array.isArray(list) ? [[id, cleanList(list)]] : [])),
    ),
    single: single !== false,
    recent: Array.isArray(recent) ? [...new Set(recent.filter(isText))].slice(0, MOST_RECENT) : [],
  }
}

const cleanList = (list: readonly unknown[]): string[] => {
  const clean = list.filter(isText).map(cleanKeys)
  return [...new Set(clean.filter((keys) => keys !== undefined))].slice(0, MOST_KEYS)
}

type Keyed = Pick<Command, 'id' | 'keys'>

/** The shortcuts of a command, as they were chosen, or as it has them. */
export const keysFor = (command: Keyed, { keys }: Pick<KeySettings, 'keys'>): readonly string[] =>
  Object.hasOwn(keys, command.id) ? keys[command.id]! : cleanList(command.keys)

/** Other shortcuts for a command. Those it has by itself are not kept. */
export function setKeys(settings: KeySettings, command: Keyed, list: readonly string[]): KeySettings {
  const { [command.id]: _old, ...others } = settings.keys
  const next = cleanList(list)
  const isOwn = next.join(' ') === cleanList(command.keys).join(' ')
  return { ...settings, keys: isOwn ? others : { ...others, [command.id]: next } }
}

/** A shortcut for a command, taken from all that had it. `instead`: the one whose place it takes. */
export function takeKeys(
  settings: KeySettings,
  commands: readonly Keyed[],
  command: Keyed,
  keys: string,
  instead?: string,
): KeySettings {
  let next = settings
  for (const other of commands) {
    const had = keysFor(other, next)
    if (other.id !== command.id && had.includes(keys))
      next = setKeys(
        next,
        other,
        had.filter((one) => one !== keys),
      )
  }
  const had = keysFor(command, next)
  const at = instead === undefined ? -1 : had.indexOf(instead)
  const list = at < 0 ? [...had, keys] : had.toSpliced(at, 1, keys)
  return setKeys(next, command, list)
}

/** Which other command has a shortcut. */
export const ownerOf = <C extends Keyed>(
  commands: readonly C[],
  settings: KeySettings,
  keys: string,
  except?: string,
): C | undefined => commands.find((other) => other.id !== except && keysFor(other, settings).includes(keys))

export const isChanged = (command: Keyed, { keys }: KeySettings): boolean => Object.hasOwn(keys, command.id)

export const addRecent = (settings: KeySettings, id: string): KeySettings =>
  settings.recent[0] === id
    ? settings
    : { ...settings, recent: [id, ...settings.recent.filter((other) => other !== id)].slice(0, MOST_RECENT) }

/** With Mod: what every page, or every browser, needs for itself. */
const RESERVED = 'acvxwtnqrlpsfh0123456789+-='

/** Whether a shortcut can be chosen: the page and the browser need some. */
export function canBeChosen(text: string): boolean {
  const keys = parseKeys(text)
  if (!keys || keys.key === 'Tab' || keys.key === 'Escape' || keys.key === 'F5' || keys.key === 'F12') return false
  if (keys.alt && keys.key === 'F4') return false
  return !((keys.mod || keys.meta) && !keys.alt && RESERVED.includes(keys.key))
}
