'use client'
import { useStore } from 'zustand'
import { useConversationKit } from '../provider/index.ts'
import type { ChatActions, ChatState } from '../store/index.ts'

/** Something of the provider's store: `useChatStore((state) => state.panel.unread)`. Renders when what the selector gives is another value. */
export function useChatStore<T>(selector: (state: ChatState & { actions: ChatActions }) => T): T {
  return useStore(useConversationKit().store, selector)
}
