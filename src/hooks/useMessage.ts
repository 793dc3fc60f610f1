'use client'
import { useCallback, useSyncExternalStore } from 'react'
import type { ChatMessage } from '../store/index.ts'
import { useThreadId } from './useThreadId.ts'
import { viewOf } from './view.ts'

/** One row of a conversation. Renders when that row changes and for no other. */
export function useMessage(conversationId: string | null, key: string): ChatMessage | undefined {
  const { kit, thread } = useThreadId(conversationId)
  const view = viewOf(kit, thread)
  const subscribe = useCallback((listener: () => void) => view.onRow(key, listener), [view, key])
  const read = () => view.row(key)
  return useSyncExternalStore(subscribe, read, read)
}
