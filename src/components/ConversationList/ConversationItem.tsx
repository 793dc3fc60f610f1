'use client'
import { memo, useMemo, useSyncExternalStore } from 'react'
import { useLiveStatus } from '../../hooks/index.ts'
import type { ChatStatus } from '../../hooks/index.ts'
import type { ConversationInstance } from '../../protocol/index.ts'
import type { List } from './list.ts'

/** Whether a cell holds a value: who asks renders when that changes, and not with every other value. */
export function useIs<T>(cell: { get: () => T; subscribe: (listener: () => void) => () => void }, value: T): boolean {
  const read = () => cell.get() === value
  return useSyncExternalStore(cell.subscribe, read, read)
}

/** Reads its own conversation and no other. */
export const ConversationItem = memo(function ConversationItem({ id, list }: { id: string; list: List }) {
  const { view, desk } = list
  const row = useMemo(
    () => ({ subscribe: (listener: () => void) => view.onRow(id, listener), read: () => view.row(id) }),
    [view, id],
  )
  const conversation = useSyncExternalStore(row.subscribe, row.read, row.read)
  if (!conversation) return <li className="ck-row" />
  const item = <Item conversation={conversation} list={list} />
  return (
    <li className="ck-row" data-desk={desk ? '' : undefined}>
      {desk ? (
        <desk.Row conversation={conversation} list={list}>
          {item}
        </desk.Row>
      ) : (
        item
      )}
    </li>
  )
})

function Item({ conversation, list }: { conversation: ConversationInstance; list: List }) {
  const { id } = conversation
  const { open, render, value, tabbable } = list
  const live = useLiveStatus(id)
  const selected = useIs(value, id)
  const reachable = useIs(tabbable, id)
  return (
    <button
      type="button"
      className="ck-conversation"
      data-id={id}
      data-status={live}
      aria-current={selected ? 'true' : undefined}
      tabIndex={reachable ? 0 : -1}
      onClick={(event) => {
        if (!event.defaultPrevented) open(id)
      }}
    >
      {render ? render(conversation, { selected, live }) : <Summary {...{ conversation, live, list }} />}
    </button>
  )
}

/** Name, age and description. */
function Summary({ conversation, live, list }: { conversation: ConversationInstance; live: ChatStatus; list: List }) {
  const { name, description, createdAt, updatedAt } = conversation
  const { words, locale, clock } = list
  const date = new Date(updatedAt ?? createdAt)
  // The words, not the time: a row whose words stay the same does not render.
  const age = () => words.time({ date, now: clock.now(), locale })
  const said = useSyncExternalStore(clock.subscribe, age, age)
  return (
    <>
      {/* In its own direction, so that a name that is too long is cut off at its end. */}
      <span className="ck-conversation-name" dir="auto">
        {name?.trim() || words.untitled}
      </span>
      {live === 'submitted' || live === 'streaming' ? (
        <span className="ck-conversation-live">
          <span className="ck-hidden">{words.typing}</span>
        </span>
      ) : (
        // A page made on the server is read a moment later.
        <time className="ck-conversation-time" dateTime={date.toISOString()} suppressHydrationWarning>
          {said}
        </time>
      )}
      {description?.trim() && (
        <span className="ck-conversation-text" dir="auto">
          {description}
        </span>
      )}
    </>
  )
}
