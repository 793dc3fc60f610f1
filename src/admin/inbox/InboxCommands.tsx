'use client'
import type { RefObject } from 'react'
import { isChosen, toggleChosen } from '../../components/index.ts'
import type { ConversationSelection } from '../../components/index.ts'
import { useDeferredDelete } from '../../hooks/index.ts'
import { useShortcuts } from '../keys/Shortcuts.tsx'

interface InboxCommandsProps {
  root: RefObject<HTMLElement | null>
  /** The conversations of the list, in its order. */
  ids: () => readonly string[]
  open: string | null
  onOpen: (id: string | null) => void
  /** Shows a part of the inbox, where there is room for one only. */
  onPane: (pane: 'list' | 'thread' | 'panel') => void
  selection: ConversationSelection
  onSelectionChange: (selection: ConversationSelection) => void
}

/** What can be done in an inbox by a key press or from the command menu. Renders nothing. */
export function InboxCommands(props: InboxCommandsProps): null {
  const { root, ids, open, onOpen, onPane, selection, onSelectionChange } = props
  const { remove, undo } = useDeferredDelete()

  /** The conversation before or after the one that is open. */
  const beside = (step: 1 | -1): string | undefined => {
    const all = ids()
    const at = open === null ? -1 : all.indexOf(open)
    return at < 0 ? all[0] : all[at + step]
  }
  const go = (step: 1 | -1) => {
    const next = beside(step)
    if (next !== undefined) onOpen(next)
  }
  /** Takes the focus to what a selector finds, once the part that it is in is shown. */
  const focus = (pane: 'list' | 'thread' | 'panel', selector: string) => {
    onPane(pane)
    requestAnimationFrame(() => root.current?.querySelector<HTMLElement>(selector)?.focus())
  }
  const write = (kind: 'bot' | 'context') => {
    root.current?.querySelector<HTMLElement>(`.ck-answer-radio[value='${kind}']`)?.click()
    focus('thread', '.ck-answer-input')
  }
  const isOpen = open !== null
  /** The row that has the focus, else the conversation that is open. */
  const meant = () => root.current?.querySelector('.ck-inbox-list [data-id]:focus')?.getAttribute('data-id') ?? open
  useShortcuts({
    next: () => go(1),
    previous: () => go(-1),
    open: { run: () => focus('thread', '.ck-thread .ck-title'), disabled: !isOpen },
    select: () => {
      const id = meant()
      if (id !== null) onSelectionChange(toggleChosen(selection, id))
    },
    selectAll: () => onSelectionChange({ all: true, except: [] }),
    search: () => focus('list', '[role="search"] input'),
    reply: () => write('bot'),
    note: () => write('context'),
    rename: { run: () => focus('panel', '.ck-inbox-panel .ck-field'), disabled: !isOpen },
    delete: () => {
      const id = meant()
      if (id === null) return
      const next = beside(1) ?? beside(-1) ?? null
      remove([id])
      if (isChosen(selection, id)) onSelectionChange(toggleChosen(selection, id))
      if (id === open) onOpen(next)
    },
    create: () => {
      onOpen(null)
      focus('thread', '.ck-answer-input')
    },
    undo: () => {
      const [back] = undo()
      if (back !== undefined) onOpen(back)
    },
  })
  return null
}
