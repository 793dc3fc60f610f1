'use client'
import { useEffect, useRef, useSyncExternalStore } from 'react'
import { useChatControls, useChatInfo } from '../../components/index.ts'
import { storedMessages, useThreadView } from '../../hooks/index.ts'
import type { ThreadView } from '../../hooks/index.ts'
import { useConversationKit } from '../../provider/index.ts'
import type { ConversationKit } from '../../provider/index.ts'
import { conversationKeys } from '../../queries/index.ts'
import type { MessagePages } from '../../queries/index.ts'

/**
 * Takes the focus to the message that somebody came for, by its id: older pages are read until it is there. Gives the key of its row,
 * and whether it is nowhere in the conversation. Once for each message: who reads on is left alone.
 */
export function useSought(conversationId: string, messageId: string | null) {
  const kit = useConversationKit()
  const view = useThreadView(conversationId)
  const { follow, loadOlder } = useChatControls('Messages')
  const { hasOlder, isLoadingHistory, historyError } = useChatInfo('Messages')
  const keys = useSyncExternalStore(view.onKeys, view.keys, view.keys)
  const shown = useRef<string>(null)
  const asked = useRef(-1)
  const index = messageId === null ? -1 : rowOf(kit, view, conversationId, messageId)
  const isMissing = messageId !== null && index < 0 && !isLoadingHistory && historyError === null

  useEffect(() => {
    if (messageId === null || shown.current === messageId) return undefined
    if (index >= 0) {
      // Once its row is there: the list has just been rendered.
      const frame = requestAnimationFrame(() => {
        shown.current = messageId
        // Who has begun to write is not taken away from it.
        if (!isTyping(document.activeElement)) follow.focusOn(index)
      })
      return () => cancelAnimationFrame(frame)
    }
    // Each page once: one that cannot be read is asked for by the reader.
    if (isMissing && hasOlder && asked.current !== keys.length) {
      asked.current = keys.length
      void loadOlder()
    }
    return undefined
  }, [messageId, index, isMissing, hasOlder, follow, loadOlder, keys.length])

  return { sought: keys[index], isGone: isMissing && !hasOlder && keys.length > 0 }
}

const isTyping = (element: Element | null) => element?.matches('input, textarea, select, [contenteditable]') ?? false

/** Where the row of a stored message is; several messages can be one row. */
function rowOf(kit: ConversationKit, view: ThreadView, conversationId: string, messageId: string): number {
  const pages = kit.queryClient.getQueryData<MessagePages>(conversationKeys.messages(conversationId, kit.client.scope))
  const messages = storedMessages(pages)
  const place = messages.findIndex(({ id }) => id === messageId)
  if (place < 0) return -1
  const places = new Map(messages.map(({ id }, at) => [id, at]))
  // A row has the id of the last message in it that speaks.
  return view.keys().findIndex((key) => (places.get(view.row(key)?.id ?? '') ?? -1) >= place)
}
