'use client'
import { useRef } from 'react'
import type { KeyboardEvent } from 'react'
import { useBrowserLayoutEffect, useLatest, useThreadView } from '../../hooks/index.ts'
import { part, renderPart, useCell, useMergedRef } from '../../internal/index.ts'
import type { PartProps } from '../../internal/index.ts'
import { useStrings } from '../useStrings.ts'
import { useChatControls, useChatId, useChatInfo, ViewportContext } from './context.ts'
import type { ChatState } from './context.ts'
import type { FollowMode } from './follow.ts'

/** Every field is also a data attribute. */
export interface ChatViewportState extends ChatState {
  /** Whether the reader is at the end, which is then followed. */
  atBottom: boolean
}

export interface ChatViewportProps extends PartProps<ChatViewportState, HTMLDivElement> {
  /**
   * What happens when something is sent: `end` follows the end of the answer, `answer` takes the question to the top and lets the
   * answer grow below it, without a movement, until the reader goes to the end. @default 'end'
   */
  follow?: FollowMode
}

/** What moves the focus from message to message. */
const STEPS: Partial<Record<string, number>> = { ArrowUp: -1, ArrowDown: 1 }
const ENDS: Partial<Record<string, number>> = { Home: -Infinity, End: Infinity }

/**
 * The scrolling thread. Follows the end as long as the reader is there, else holds what is being read where it is, whatever grows
 * above or below; loads what is older when the reader comes near the top. Home and End go to the top and the end of the thread, or from
 * a message to the first and the last; Alt with the arrow up or down takes the focus to the message before or after. Renders a
 * `<div role="log">`; what is said aloud is said by `Chat.Status`.
 */
export const ChatViewport = part<HTMLDivElement, ChatViewportProps>(function ChatViewport({
  follow: mode = 'end',
  ...props
}) {
  const { follow, loadOlder } = useChatControls('Viewport')
  const { threadId } = useChatId('Viewport')
  const { status, phase, hasOlder } = useChatInfo('Viewport')
  const atBottom = useCell(follow.following)
  const viewport = useRef<HTMLDivElement>(null)
  const label = useStrings().title
  const onNearTop = useOlder(threadId, hasOlder, loadOlder)

  useBrowserLayoutEffect(
    () => (viewport.current ? follow.attach(viewport.current, () => onNearTop.current()) : undefined),
    [follow, onNearTop],
  )
  useBrowserLayoutEffect(() => follow.setMode(mode), [follow, mode])
  useBrowserLayoutEffect(() => follow.open(threadId), [follow, threadId])

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const { key, altKey, ctrlKey, metaKey, shiftKey, defaultPrevented } = event
    const target = event.target as Element
    const step = (altKey ? STEPS : ENDS)[key]
    if (step === undefined || ctrlKey || metaKey || shiftKey || defaultPrevented) return
    if (altKey || target.matches('[data-ck="message"]')) follow.focus(step)
    // The browser would glide to where the end was guessed to be, and be stopped on the way by what turns out to be there.
    else if (target === event.currentTarget || target.matches('a, button, summary, pre'))
      follow[step < 0 ? 'toTop' : 'toEnd']()
    else return
    event.preventDefault()
  }
  const own = { role: 'log', 'aria-live': 'off', 'aria-label': label, tabIndex: 0, onKeyDown }
  const state: ChatViewportState = { status, phase, atBottom }
  return (
    <ViewportContext.Provider value={true}>
      {renderPart({ tag: 'div', name: 'viewport', state, own }, { ...props, ref: useMergedRef(props.ref, viewport) })}
    </ViewportContext.Provider>
  )
})

/** Loads what is older, a page at a time; after one that did not come it is up to the button. */
function useOlder(threadId: string, hasOlder: boolean, loadOlder: () => Promise<void>) {
  const view = useThreadView(threadId)
  const failedAt = useRef<string>(undefined)
  const loading = useRef(false)
  return useLatest(() => {
    const first = view.keys()[0]
    if (!hasOlder || loading.current || first === failedAt.current) return
    loading.current = true
    void loadOlder().then(() => {
      loading.current = false
      failedAt.current = view.keys()[0] === first ? first : undefined
    })
  })
}
