'use client'
import { useMemo } from 'react'
import { useStore } from 'zustand'
import { turnOf } from '../store/index.ts'
import type { ChatPhase, ChatStatus } from '../store/index.ts'
import { useThreadId } from './useThreadId.ts'

/** Where the exchange in a conversation stands; also of one that nobody looks at. */
export function useChatStatus(conversationId: string | null): { status: ChatStatus; phase: ChatPhase } {
  const { kit, thread } = useThreadId(conversationId)
  const status = useStore(kit.store, (state) => turnOf(state, thread)?.status ?? 'ready')
  const phase = useStore(kit.store, (state) => turnOf(state, thread)?.phase ?? 'idle')
  return useMemo(() => ({ status, phase }), [status, phase])
}
