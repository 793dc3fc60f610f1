'use client'
import { useCallback, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { CompleteResult, ConversationCompleteRequest } from '../protocol/index.ts'
import { useConversationKit } from '../provider/index.ts'
import { isBusy, localKey } from '../store/index.ts'
import type { ChatPhase, ChatStatus, LiveTurn } from '../store/index.ts'
import type { ConversationError } from '../transport/index.ts'
import { shownElsewhere } from './exchange.ts'
import type { FinishInfo } from './exchange.ts'
import { complete } from './talk.ts'
import type { RunBody, Thread, ThreadOptions } from './thread.ts'
import { useLatest } from './useLatest.ts'

export interface CompleteOptions extends Pick<
  ThreadOptions,
  'body' | 'tools' | 'maxSteps' | 'throttle' | 'onEvent' | 'onFinish' | 'onError'
> {
  /** A stored conversation. Without one nothing is stored. @default null */
  conversationId?: string | null
  /** `receive` answers what is stored, without a new user message. @default 'complete' */
  mode?: 'complete' | 'receive'
}

/** What to answer: the user's words, or a whole request. */
export type CompleteInput = string | Partial<ConversationCompleteRequest>

export interface UseCompleteResult {
  /** Asks for a reply. Resolves at its end, also when it was stopped; rejects when it failed, and with `BUSY` while one is under way. */
  complete: (input?: CompleteInput, perCall?: { body?: RunBody }) => Promise<FinishInfo>
  /** The reply, as far as it has come. */
  text: string
  reasoning: string
  status: ChatStatus
  phase: ChatPhase
  error: ConversationError | null
  result: CompleteResult | null
  /** Whether a reply is under way. */
  isPending: boolean
  /** Ends the reply. What arrived stays. */
  stop: () => void
  /** Ends the reply and forgets it. */
  reset: () => void
}

/** One reply at a time, and its text while it arrives. In a stored conversation it is the same reply that `useChat` shows. */
export function useComplete(options: CompleteOptions = {}): UseCompleteResult {
  const kit = useConversationKit()
  const { conversationId = null, mode = 'complete' } = options
  const latest = useLatest(options)
  // The reply stays here after it has left the store.
  const [reply] = useState(() => createStore<{ turn: LiveTurn | null }>(() => ({ turn: null })))
  const [local] = useState(localKey)
  const thread = useMemo<Thread>(
    () => ({
      kit,
      id: conversationId ?? local,
      stateless: conversationId === null,
      single: conversationId === null,
      history: true,
      options: () => latest.current,
      onTurn: (turn) => reply.setState({ turn }),
    }),
    [kit, conversationId, local, latest, reply],
  )
  const turn = useStore(reply, (state) => state.turn)
  const stop = useCallback(() => reply.getState().turn?.controller?.abort(), [reply])
  return {
    complete: useCallback(
      (input = '', perCall) => shownElsewhere(complete(thread, mode, input, perCall?.body)),
      [thread, mode],
    ),
    text: turn?.reply?.text ?? '',
    reasoning: useMemo(() => reasoningOf(turn), [turn]),
    status: turn?.status ?? 'ready',
    phase: turn?.phase ?? 'idle',
    error: turn?.error ?? null,
    result: turn?.result ?? null,
    isPending: isBusy(turn ?? undefined),
    stop,
    reset: useCallback(() => {
      stop()
      reply.setState({ turn: null })
    }, [stop, reply]),
  }
}

const reasoningOf = (turn: LiveTurn | null): string =>
  (turn?.reply?.parts ?? []).map((part) => (part.type === 'reasoning' ? part.text : '')).join('')
