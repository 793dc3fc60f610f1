'use client'
import { useThreadId } from './useThreadId.ts'
import { viewOf } from './view.ts'
import type { ThreadView } from './view.ts'

/** The rows of a conversation, to be looked at one by one outside of rendering. The same object as long as it is the same conversation. */
export function useThreadView(conversationId: string | null): ThreadView {
  const { kit, thread } = useThreadId(conversationId)
  return viewOf(kit, thread)
}
