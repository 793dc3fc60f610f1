'use client'
import { memo, useMemo, useSyncExternalStore } from 'react'
import type { ConversationInstance } from '../../protocol/index.ts'
import type { List } from './list.ts'
import { createRowStore, dateOf } from './rowStore.ts'
import type { RowLook } from './rowStore.ts'

/** Reads its own conversation and no other. */
export const ConversationItem = memo(function ConversationItem({ id, list }: { id: string; list: List }) {
  const { desk, open, render } = list
  const store = useMemo(() => createRowStore(list, id), [list, id])
  const look = useSyncExternalStore(store.subscribe, store.get, store.get)
  const { conversation, live, selected, reachable } = look
  if (!conversation) return <li className="ck-row" />
  const tabIndex = reachable ? 0 : -1
  const item = (
    <button
      type="button"
      className="ck-conversation"
      data-id={id}
      data-status={live}
      aria-current={selected ? 'true' : undefined}
      tabIndex={tabIndex}
      onClick={() => open(id)}
    >
      {render ? render(conversation, { selected, live }) : summary(conversation, look, list)}
    </button>
  )
  return (
    <li className="ck-row">
      {desk ? (
        <desk.Row conversation={conversation} list={list} tabIndex={tabIndex}>
          {item}
        </desk.Row>
      ) : (
        item
      )}
    </li>
  )
})

/** Name, age and description. */
function summary(conversation: ConversationInstance, { live, age }: RowLook, { words }: List) {
  const { name, description } = conversation
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
        <time className="ck-conversation-time" dateTime={dateOf(conversation).toISOString()} suppressHydrationWarning>
          {age}
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
