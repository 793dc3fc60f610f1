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
  const { conversation, live, selected, reachable, renaming } = look
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
  if (!list.wantsDesk) return <li className="ck-row">{item}</li>
  const row = { conversation, list, tabIndex }
  // Whether it was downloaded or not, the button stays the element that it is: it may be held down, or have the focus.
  return (
    <li className="ck-row">
      <div className="ck-list-row" data-id={id}>
        {desk && <desk.Check {...row} />}
        {desk && renaming ? <desk.RenameField {...row} renaming={renaming} /> : item}
        {desk && <desk.Beside {...row} quiet={renaming !== undefined} />}
      </div>
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
