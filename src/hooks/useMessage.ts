'use client'
import { useCallback, useSyncExternalStore } from 'react'
import type { ChatMessage } from '../store/index.ts'
import { useThreadId } from './useThreadId.ts'
import { viewOf } from './view.ts'

/** One row of a conversation. Renders when that row changes and for no other. */
export function useMessage(conversationId: string | null, key: string): ChatMessage | undefined {
  return useRow(conversationId, key).message
}

/**
 * A row, and the one that stands before it. That one is only looked at, for what does not change in it: who speaks, and when. So a
 * row that waits under an answer renders with none of its tokens.
 */
export function useRow(
  conversationId: string | null,
  key: string,
  before?: string,
): { message: ChatMessage | undefined; previous: ChatMessage | undefined } {
  const { kit, thread } = useThreadId(conversationId)
  const view = viewOf(kit, thread)
  const subscribe = useCallback((listener: () => void) => view.onRow(key, listener), [view, key])
  const read = () => view.row(key)
  const message = useSyncExternalStore(subscribe, read, read)
  return { message, previous: before === undefined ? undefined : view.row(before) }
}
