'use client'
import { useEffect } from 'react'
import type { RefObject } from 'react'
import { chosenOf, inPlaceOf, isChosen, toggleChosen, withChosen } from '../../components/index.ts'
import type { ConversationSelection } from '../../components/index.ts'
import { useDeferredDelete } from '../../hooks/index.ts'
import { useShortcuts } from '../keys/Shortcuts.tsx'
import { focusedLine, foundLine } from './focusedLine.ts'
import type { Closed } from './useClosed.ts'

interface InboxCommandsProps {
  root: RefObject<HTMLElement | null>
  /** The conversations of the list, in its order. */
  ids: () => readonly string[]
  open: string | null
  /** What was open when it was deleted. */
  closed: Closed
  onOpen: (id: string | null) => void
  /** Shows a part of the inbox, where there is room for one only. */
  onPane: (pane: 'list' | 'thread' | 'panel') => void
  selection: ConversationSelection
  onSelectionChange: (selection: ConversationSelection) => void
  /** Whether somebody sees which ones all that match are. */
  canSelectAll: boolean
}

/** How long what is to have the focus may be on its way, in milliseconds. */
const PATIENCE_MS = 2000

/** What can be done in an inbox by a key press or from the command menu. Renders nothing. */
export function InboxCommands(props: InboxCommandsProps): null {
  const { root, ids, open, closed, onOpen, onPane, selection, onSelectionChange, canSelectAll } = props
  const { remove, undo, waiting } = useDeferredDelete()
  useEffect(() => closed.keep(waiting), [closed, waiting])

  const go = (step: 1 | -1) => {
    // What was found by a message has handed the focus on to that; the next key goes on from it all the same.
    const line = focusedLine(root.current, ids) ?? foundLine(root.current, open)
    const all = line?.all ?? ids()
    const from = line?.id ?? open
    const at = from === null ? -1 : all.indexOf(from)
    const next = at < 0 ? all[0] : all[at + step]
    if (next === undefined) return
    // The next key means what has the focus, so that goes along.
    const hit = line?.focus(next)
    // What was found is opened where it was found.
    if (hit) hit.click()
    else onOpen(next)
  }
  /** Takes the focus to what a selector finds, once the part that it is in is shown. */
  const focus = (pane: 'list' | 'thread' | 'panel', selector: string) => {
    onPane(pane)
    const from = document.activeElement
    const until = performance.now() + PATIENCE_MS
    const look = () => {
      const found = root.current?.querySelector<HTMLElement>(selector)
      if (found) found.focus()
      // What is still being read comes later; who has gone on by then stays there.
      else if (document.activeElement === from && performance.now() < until) requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  }
  const write = (kind: 'bot' | 'context') => {
    root.current?.querySelector<HTMLElement>(`.ck-answer-radio[value='${kind}']`)?.click()
    focus('thread', '.ck-answer-input')
  }
  /** What has the focus in the list, else the conversation that is open. */
  const meant = () => focusedLine(root.current, ids)?.id ?? open
  useShortcuts({
    next: () => go(1),
    previous: () => go(-1),
    open: () => {
      const line = focusedLine(root.current, ids)
      const id = line?.id ?? open
      if (id === null) return
      if (line?.isRow === false) line.element.click()
      else if (id !== open) onOpen(id)
      focus('thread', '.ck-thread .ck-title')
    },
    select: () => {
      const id = meant()
      if (id !== null) onSelectionChange(toggleChosen(selection, id))
    },
    selectAll: { run: () => onSelectionChange({ all: true, except: [] }), disabled: !canSelectAll },
    search: () => focus('list', '[role="search"] input'),
    reply: () => write('bot'),
    note: () => write('context'),
    rename: () => {
      const id = meant()
      if (id === null) return
      if (id !== open) onOpen(id)
      focus('panel', '.ck-inbox-panel .ck-field')
    },
    delete: () => {
      const line = focusedLine(root.current, ids)
      const id = line?.id ?? open
      if (id === null) return
      // As the Delete key does in the list: of a row that is chosen, all that are.
      const removed = line?.isRow && isChosen(selection, id) ? chosenOf(selection, ids()) : [id]
      const gone = new Set(removed)
      const stays = (each: string) => !gone.has(each)
      const next = open !== null && gone.has(open) ? (inPlaceOf(ids(), open, stays) ?? null) : open
      // What has the focus is about to go.
      const beside = line && inPlaceOf(line.all, id, stays)
      if (beside !== undefined) line!.focus(beside)
      else if (line?.isRow === false) root.current?.querySelector<HTMLElement>('[role="search"] input')?.focus()
      remove(removed)
      onSelectionChange(withChosen(selection, removed, false))
      if (next !== open) onOpen(next)
      // Who deletes in the list goes on there.
      if (line) onPane('list')
    },
    create: () => {
      onOpen(null)
      focus('thread', '.ck-answer-input')
    },
    undo: () => {
      const back = closed.among(undo())
      if (back !== undefined) onOpen(back)
    },
  })
  return null
}
