'use client'
import { useState } from 'react'
import { useMessageKeys } from '../../hooks/index.ts'
import { assistantIcon, part, renderPart } from '../../internal/index.ts'
import type { PartProps } from '../../internal/index.ts'
import { useStrings } from '../useStrings.ts'
import { useChatControls, useChatId, useChatInfo } from './context.ts'
import type { ChatState } from './context.ts'
import { useFocusHeir } from './useFocusHeir.ts'

/** Whether there is nothing to show yet, and whether that is known. */
function useIsEmpty(part: string): { state: ChatState; empty: boolean; loading: boolean } {
  const { status, phase, isLoadingHistory, historyError } = useChatInfo(part)
  const none = useMessageKeys(useChatId(part).threadId).length === 0
  const loading = none && isLoadingHistory
  return { state: { status, phase }, empty: none && !isLoadingHistory && !historyError, loading }
}

export interface ChatEmptyProps extends PartProps<ChatState, HTMLDivElement> {}

/** What is seen before the first message. Renders a `<div>`, or nothing once there is one. */
export const ChatEmpty = part<HTMLDivElement, ChatEmptyProps>(function ChatEmpty(props) {
  const { state, empty } = useIsEmpty('Empty')
  if (!empty) return null
  return renderPart({ tag: 'div', name: 'empty', state, own: { children: <ChatWelcome /> } }, props)
})

/** The words of an empty chat. */
export function ChatWelcome() {
  const words = useStrings()
  return (
    <>
      <span className="ck-empty-mark">{assistantIcon}</span>
      <p className="ck-empty-title">{words.emptyTitle}</p>
      <p className="ck-empty-body">{words.emptyBody}</p>
    </>
  )
}

export interface ChatLoadingProps extends PartProps<ChatState, HTMLDivElement> {}

/** The outline of a thread while it is fetched. Renders a `<div>`, or nothing once messages are known. */
export const ChatLoading = part<HTMLDivElement, ChatLoadingProps>(function ChatLoading(props) {
  const { state, loading } = useIsEmpty('Loading')
  const words = useStrings()
  if (!loading) return null
  const own = {
    role: 'status',
    'aria-label': words.loading,
    children: (
      <>
        <span className="ck-skeleton" data-role="user" />
        <span className="ck-skeleton" data-role="assistant" />
        <span className="ck-skeleton" data-role="user" />
      </>
    ),
  }
  return renderPart({ tag: 'div', name: 'loading', state, own }, props)
})

export interface ChatSuggestionsProps extends Omit<PartProps<ChatState, HTMLDivElement>, 'children'> {
  /** What a reader may want to ask; pressing one sends it. */
  prompts: readonly string[]
}

/** First questions to choose from. Renders a `<div role="group">`. */
export const ChatSuggestions = part<HTMLDivElement, ChatSuggestionsProps>(function ChatSuggestions({
  prompts,
  ...props
}) {
  const { send, input } = useChatControls('Suggestions')
  const { status, phase } = useChatInfo('Suggestions')
  const choose = (prompt: string) => {
    // The button goes away with the empty state; the next thing to do is to write.
    input.current?.focus()
    void send(prompt)
  }
  const own = {
    role: 'group',
    'aria-label': useStrings().suggestions,
    children: prompts.map((prompt) => (
      <button key={prompt} type="button" className="ck-suggestion" dir="auto" onClick={() => choose(prompt)}>
        {prompt}
      </button>
    )),
  }
  return renderPart({ tag: 'div', name: 'suggestions', state: { status, phase }, own }, props)
})

export interface ChatLoadOlderProps extends PartProps<ChatState, HTMLButtonElement> {}

/** Fetches the messages before the first one shown. Renders a `<button>`, or nothing when all are there. */
export const ChatLoadOlder = part<HTMLButtonElement, ChatLoadOlderProps>(function ChatLoadOlder(props) {
  return useChatInfo('LoadOlder').hasOlder ? <LoadOlderButton {...props} /> : null
})

const LoadOlderButton = part<HTMLButtonElement, ChatLoadOlderProps>(function LoadOlderButton(props) {
  const { loadOlder } = useChatControls('LoadOlder')
  const { status, phase } = useChatInfo('LoadOlder')
  const [loading, setLoading] = useState(false)
  const words = useStrings()
  const ref = useFocusHeir('viewport', props.ref)
  const load = () => {
    setLoading(true)
    void loadOlder().finally(() => setLoading(false))
  }
  const own = {
    type: 'button',
    onClick: loading ? undefined : load,
    'aria-busy': loading,
    children: loading ? words.loading : words.loadOlder,
  }
  return renderPart({ tag: 'button', name: 'load-older', state: { status, phase }, own }, { ...props, ref })
})
