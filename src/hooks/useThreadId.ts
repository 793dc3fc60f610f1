'use client'
import { useSyncExternalStore } from 'react'
import { useConversationKit } from '../provider/index.ts'
import type { ConversationKit } from '../provider/index.ts'
import { isLocalKey } from '../store/index.ts'

const never = () => () => {}

/** The thread a component means by a conversation id: `null` is the chat of this provider that has none yet. */
export function useThreadId(conversationId: string | null): { kit: ConversationKit; thread: string } {
  const kit = useConversationKit()
  const { store } = kit
  // An id of the server stays what it is, and a long thread has a row of these for every message.
  const fixed = conversationId !== null && !isLocalKey(conversationId)
  const read = () => {
    if (fixed) return conversationId
    const { created, unnamed } = store.getState()
    const id = conversationId ?? unnamed ?? ''
    return created[id] ?? id
  }
  return { kit, thread: useSyncExternalStore(fixed ? never : store.subscribe, read, read) }
}
