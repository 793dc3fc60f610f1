'use client'
import { useCallback, useSyncExternalStore } from 'react'
import type { ChatMessage } from '../store/index.ts'
import { useThreadId } from './useThreadId.ts'
import { viewOf } from './view.ts'
import type { ThreadView } from './view.ts'

/** One row of a conversation. Renders when that row changes and for no other. */
export function useMessage(conversationId: string | null, key: string): ChatMessage | undefined {
  return useRow(conversationId, key).message
}

/**
 * A row, and the view it is in, for looking at its neighbours. They are only looked at, for what does not change in them: who speaks,
 * and when. So a row that waits under an answer renders with none of its tokens.
 */
export function useRow(
  conversationId: string | null,
  key: string,
): { message: ChatMessage | undefined; view: ThreadView } {
  const { kit, thread } = useThreadId(conversationId)
  const view = viewOf(kit, thread)
  const subscribe = useCallback((listener: () => void) => view.onRow(key, listener), [view, key])
  const read = () => view.row(key)
  return { message: useSyncExternalStore(subscribe, read, read), view }
}
