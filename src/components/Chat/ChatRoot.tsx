'use client'
import { useMemo, useRef, useState } from 'react'
import { useLatest, useTalk } from '../../hooks/index.ts'
import type { UseChatOptions, UseChatResult } from '../../hooks/index.ts'
import { createCell, part, renderPart } from '../../internal/index.ts'
import type { PartProps } from '../../internal/index.ts'
import { ChatControlsContext, ChatIdContext, ChatInfoContext } from './context.ts'
import type { ChatControls, ChatInfo, ChatState } from './context.ts'
import { createFollow } from './follow.ts'

export interface ChatRootProps extends UseChatOptions, Omit<PartProps<ChatState, HTMLElement>, 'onError'> {
  /** The result of `useChat`, where the page uses it too; the options of the hook are then its own. */
  chat?: UseChatResult
}

/** A chat around its parts. Renders a `<section>`. */
export const ChatRoot = part<HTMLElement, ChatRootProps>(function ChatRoot({ chat, ...props }) {
  return chat ? <Shell {...props} chat={chat} /> : <OwnChat {...props} />
})

const OwnChat = part<HTMLElement, Omit<ChatRootProps, 'chat'>>(function OwnChat(props) {
  const { chat } = useTalk(props)
  /* eslint-disable no-unused-vars -- what the chat is set to is not for its element */
  const { conversationId, body, create, initialMessages, history, throttle, tools, maxSteps, whileBusy, ...others } =
    props
  const { onConversationCreated, onEvent, onFinish, onError, ...rest } = others
  /* eslint-enable no-unused-vars */
  return <Shell {...rest} chat={chat} />
})

type Talk = ReturnType<typeof useTalk>['chat']

interface ShellProps extends Omit<PartProps<ChatState, HTMLElement>, 'onError'> {
  chat: Talk
}

/** Hands the chat down in pieces, by how often they change. */
const Shell = part<HTMLElement, ShellProps>(function Shell({ chat, ...props }) {
  const controls = useControls(chat)
  const { conversationId, threadId, listed, createConversation, status, phase, error, waiting } = chat
  const { hasOlder, isLoadingHistory, historyError, reloadHistory } = chat
  const id = useMemo(
    () => ({ conversationId, threadId, listed, createConversation }),
    [conversationId, threadId, listed, createConversation],
  )
  const info = useMemo<ChatInfo>(
    () => ({ status, phase, error, waiting, hasOlder, isLoadingHistory, historyError, reloadHistory }),
    [status, phase, error, waiting, hasOlder, isLoadingHistory, historyError, reloadHistory],
  )
  return (
    <ChatControlsContext.Provider value={controls}>
      <ChatIdContext.Provider value={id}>
        <ChatInfoContext.Provider value={info}>
          {renderPart({ tag: 'section', name: 'root', state: { status, phase } }, props)}
        </ChatInfoContext.Provider>
      </ChatIdContext.Provider>
    </ChatControlsContext.Provider>
  )
})

/** One object for the life of the chat, whose functions call the newest ones. */
function useControls(chat: Talk): ChatControls {
  const latest = useLatest(chat)
  const input = useRef<HTMLTextAreaElement>(null)
  const [controls] = useState<ChatControls>(() => {
    const follow = createFollow()
    const run = (action: () => Promise<unknown>) => {
      follow.sent()
      // What goes wrong is in `chat.error`, where everyone sees it.
      action().catch(() => {})
    }
    return {
      send(text) {
        follow.sent()
        return latest.current.sendMessage(text)
      },
      stop: () => latest.current.stop(),
      cancel: (key) => latest.current.cancel(key),
      retry: () => run(() => latest.current.retry()),
      regenerate: () => run(() => latest.current.regenerate()),
      async edit(id, text) {
        await latest.current.edit(id, text)
        follow.toEnd()
      },
      goOn: () => run(() => latest.current.goOn()),
      clearError: () => latest.current.clearError(),
      loadOlder: () => latest.current.loadOlder().catch(() => {}),
      announcement: createCell(''),
      follow,
      input,
    }
  })
  return controls
}
