'use client'
import { createContext, useContext, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import type { ReactNode } from 'react'
import { useStrings } from '../../components/index.ts'
import { useLatest } from '../../hooks/index.ts'
import { keysWords } from '../../internal/english/admin/keys.ts'
import { part, renderPart, useMergedRef } from '../../internal/index.ts'
import type { PartProps } from '../../internal/index.ts'
import { useKept } from '../view/useKept.ts'
import { commandsOf } from './commands.ts'
import type { Command, CommandMap } from './commands.ts'
import { ariaKeys, formatKeys } from './format.ts'
import { isMac, isSingle } from './keys.ts'
import { listenForKeys } from './listen.ts'
import { createRegistry } from './registry.ts'
import type { Registry } from './registry.ts'
import { keysFor, parseSettings } from './settings.ts'
import type { KeySettings } from './settings.ts'

interface Scope {
  registry: Registry
  settings: KeySettings
  /** `false`: the browser keeps nothing. */
  change: (to: (settings: KeySettings) => KeySettings) => boolean
}

const ScopeContext = createContext<Scope | null>(null)

/** Has no field: a part of the page that listens to keys is not in a state. */
export interface ShortcutsState {}

export interface ShortcutsProps extends PartProps<ShortcutsState, HTMLDivElement> {
  /** Under which name the keys that people choose are kept in the browser. @default 'conversation-kit:keys' */
  name?: string
  /** @default `localStorage` */
  storage?: Pick<Storage, 'getItem' | 'setItem'>
  children?: ReactNode
}

/**
 * The part of a page in which shortcuts work: while the focus is inside of it, or nowhere and it was used last. What is inside says with
 * `useShortcuts` what can be done. Renders a `<div>` that is no box of its own.
 */
export const Shortcuts = part<HTMLDivElement, ShortcutsProps>(function Shortcuts({
  name = 'conversation-kit:keys',
  storage,
  ref,
  ...props
}) {
  const [registry] = useState(createRegistry)
  const [settings, change] = useKept({ name, storage, parse: parseSettings })
  const root = useRef<HTMLDivElement>(null)
  const latest = useLatest(settings)
  useEffect(
    () => (root.current ? listenForKeys(root.current, registry.get, () => latest.current) : undefined),
    [registry, latest],
  )
  const scope = useMemo(() => ({ registry, settings, change }), [registry, settings, change])
  const both = useMergedRef(root, ref)
  return (
    <ScopeContext.Provider value={scope}>
      {renderPart({ tag: 'div', name: 'shortcuts', state: {} }, { ...props, ref: both })}
    </ScopeContext.Provider>
  )
})

/** The scope around a part; alone, a part has one that nobody listens to. */
export function useScope(): Scope {
  const scope = useContext(ScopeContext)
  const [alone] = useState<Scope>(() => {
    const registry = createRegistry()
    return { registry, settings: parseSettings(undefined), change: () => false }
  })
  return scope ?? alone
}

/**
 * Says what can be done here, as long as this is on the page: by key presses inside of `<Shortcuts>`, and from its command menu. The map
 * may be a new one each time. Without `<Shortcuts>` around it nothing happens.
 *
 * @example useShortcuts({ next: () => go(1), delete: { run: remove, disabled: !selected }, snooze: { label: 'Snooze', keys: ['h'], run: snooze } })
 */
export function useShortcuts(map: CommandMap): void {
  const words = useStrings(keysWords)
  const { registry } = useScope()
  const commands = commandsOf(map, words)
  const latest = useLatest(commands)
  // What is listed of them; what they run is asked for when it is run.
  const shown = JSON.stringify(commands)
  useEffect(() => {
    const stable = (JSON.parse(shown) as Omit<Command, 'run'>[]).map((command, index) =>
      Object.assign(command, { run: () => latest.current[index]?.run() }),
    )
    return registry.add(stable)
  }, [registry, shown, latest])
}

export const useCommands = (): readonly Command[] => {
  const { registry } = useScope()
  return useSyncExternalStore(registry.subscribe, registry.get, registry.get)
}

const never = () => () => {}

/** Whether the keyboard is a Mac's; not on a server, nor in the first moment of a page that it made. */
export const useMac = (): boolean => useSyncExternalStore(never, isMac, () => false)

export interface CommandKeys {
  /** As people read it: `⌘K`, `Ctrl+K`, `J`. The first one, where there are several. */
  text?: string
  /** All of them, for the attribute of the button that does the same. */
  'aria-keyshortcuts'?: string
}

/** The keys that run a command by now, for the button that does the same. Nothing where there are none. */
export function useCommandKeys(id: string): CommandKeys {
  const words = useStrings(keysWords)
  const mac = useMac()
  const { settings } = useScope()
  const command = useCommands().find((each) => each.id === id)
  const keys = command ? keysFor(command, settings).filter((one) => settings.single || !isSingle(one)) : []
  const [first] = keys
  if (first === undefined) return {}
  return { text: formatKeys(first, { mac, words }), 'aria-keyshortcuts': ariaKeys(keys, mac) }
}
