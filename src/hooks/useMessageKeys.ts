'use client'
import { useSyncExternalStore } from 'react'
import { useThreadId } from './useThreadId.ts'
import { viewOf } from './view.ts'

/** The keys of the rows of a conversation, in order. The same array as long as no row comes or goes. Reads what is there and asks for nothing. */
export function useMessageKeys(conversationId: string | null): string[] {
  const { kit, thread } = useThreadId(conversationId)
  const view = viewOf(kit, thread)
  return useSyncExternalStore(view.onKeys, view.keys, view.keys)
}
