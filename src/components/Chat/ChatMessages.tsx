'use client'
import { memo, useContext, useMemo, useRef, useSyncExternalStore } from 'react'
import type { ReactElement, ReactNode } from 'react'
import { useBrowserLayoutEffect, useMessageKeys, useThreadView } from '../../hooks/index.ts'
import type { ChatMessage as ChatMessageData, ThreadView } from '../../hooks/index.ts'
import { assistantIcon, useCell } from '../../internal/index.ts'
import { useStrings } from '../useStrings.ts'
import { ChatActions, ChatAvatar, ChatMessage, ChatMessageBubble, follows, RowContext } from './ChatMessage.tsx'
import { ChatCopy, ChatRegenerate, ChatVotes } from './ChatMessageActions.tsx'
import { ChatParts, Thinking } from './ChatParts.tsx'
import { useDates } from './ChatTime.tsx'
import { useChatControls, useChatId, useChatInfo, ViewportContext } from './context.ts'
import { liveRow } from './live.ts'
import type { Span } from '../rows/window.ts'

type RenderMessage = (context: { message: ChatMessageData; index: number }) => ReactNode

export interface ChatMessagesProps {
  /** Own markup for a message; keep the function the same between renders, or every message renders again. */
  children?: RenderMessage
}

/**
 * The messages, each under a key it keeps from its first word to the day it is read from the server. In a `Chat.Viewport` those of a
 * thread of more than a hundred are on the page only near the view. Renders a `<div>`.
 */
export const ChatMessages = memo(function ChatMessages({ children = renderMessage }: ChatMessagesProps): ReactElement {
  const { threadId } = useChatId('Messages')
  const { waiting, hasOlder } = useChatInfo('Messages')
  const { follow } = useChatControls('Messages')
  const inViewport = useContext(ViewportContext)
  const view = useThreadView(threadId)
  const keys = useMessageKeys(threadId)
  useSyncExternalStore(follow.rows.subscribe, follow.rows.version, follow.rows.version)
  const line = useCell(follow.unread.line)
  const spans = inViewport ? follow.rows.spans(keys, () => lengthsOf(view)) : [{ from: 0, to: keys.length }]
  const list = useRef<HTMLDivElement>(null)
  useDates()

  useBrowserLayoutEffect(() => {
    if (!inViewport) return
    number(list.current!, spans, hasOlder ? -1 : keys.length)
    follow.committed(list.current, view, keys, spans)
  })

  const rows: ReactNode[] = []
  const beforeReply = keys.length - waiting
  let end = 0
  for (const { from, to } of spans) {
    if (from > end) rows.push(<div key={`${end} `} className="ck-spacer" />)
    for (let index = from; index < to; index += 1) {
      // The reply comes before what waits for it.
      if (index === beforeReply) rows.push(<PendingReply key="reply" />)
      const key = keys[index]!
      rows.push(
        <Row
          key={key}
          id={key}
          before={keys[index - 1]}
          after={keys[index + 1]}
          index={index}
          last={index === keys.length - 1}
          unread={key === line}
          view={view}
          render={children}
        />,
      )
    }
    end = to
  }
  if (end < keys.length) rows.push(<div key={`${end} `} className="ck-spacer" />)
  else if (waiting === 0) rows.push(<PendingReply key="reply" />)
  return (
    <div ref={list} className="ck-messages" data-ck="messages">
      {rows}
    </div>
  )
})

const lengthsOf = (view: ThreadView) => {
  const said = view.said()
  return (index: number) => said[index]!.text.length
}

/** Tells those who cannot see how long the thread is where in it a message stands: most of the others may not be on the page. */
function number(list: HTMLElement, spans: readonly Span[], count: number) {
  const rows = list.getElementsByClassName('ck-row')
  let place = 0
  for (const { from, to } of spans) {
    for (let index = from; index < to; index += 1) {
      const message = rows[place++]?.querySelector('[data-ck="message"]')
      message?.setAttribute('aria-posinset', String(index + 1))
      message?.setAttribute('aria-setsize', String(count))
    }
  }
}

/** Where the reply is going to be, until it begins. */
function PendingReply() {
  const { status } = useChatInfo('Messages')
  const words = useStrings()
  if (status !== 'submitted') return null
  return (
    <article className="ck-message" data-role="assistant" data-last="" aria-label={words.assistant}>
      <div className="ck-avatar" aria-hidden="true">
        {assistantIcon}
      </div>
      <div className="ck-bubble" data-role="assistant">
        <Thinking />
      </div>
    </article>
  )
}

interface RowProps {
  view: ThreadView
  id: string
  /** The keys of the rows before and after it, if there are any. */
  before: string | undefined
  after: string | undefined
  index: number
  last: boolean
  /** Whether what is new begins here. */
  unread: boolean
  render: RenderMessage
}

/**
 * Reads its own message and no other; its neighbours are only looked at, for what does not change in them: who speaks, and when. So a
 * token renders one row, and where the parts read the words themselves, nothing of that row but them.
 */
const Row = memo(function Row({ view, id, before, after, index, last, unread, render }: RowProps) {
  const live = useMemo(() => liveRow(view, id), [view, id])
  const calm = wordless.has(render)
  const read = calm ? live.still : () => view.row(id)
  const message = useSyncExternalStore(live.subscribe, read, read)
  const previous = (before !== undefined && view.row(before)) || null
  const next = after !== undefined && view.row(after)
  const followed = message && next && follows(next, message) ? next.role : undefined
  const row = useMemo(() => ({ last, previous, live: calm ? live : undefined }), [last, previous, calm, live])
  return (
    <div className="ck-row" data-followed={followed}>
      {unread && <UnreadLine />}
      {message && <RowContext.Provider value={row}>{render({ message, index })}</RowContext.Provider>}
    </div>
  )
})

function UnreadLine() {
  return <p className="ck-unread">{useStrings().unreadLine}</p>
}

const wordless = new WeakSet<RenderMessage>()

/** Marks a function that puts parts together and looks at no word itself: it is not called for every word. */
export function withoutWords(render: RenderMessage): RenderMessage {
  wordless.add(render)
  return render
}

const renderMessage = withoutWords(({ message }) => (
  <ChatMessage message={message}>
    <ChatAvatar />
    <ChatMessageBubble>
      <ChatParts />
    </ChatMessageBubble>
    <ChatActions>
      <ChatCopy />
      <ChatRegenerate />
      <ChatVotes />
    </ChatActions>
  </ChatMessage>
))
