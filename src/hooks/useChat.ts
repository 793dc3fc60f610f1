'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import type { Message } from '../protocol/index.ts'
import { useConversationKit } from '../provider/index.ts'
import type { ConversationKit } from '../provider/index.ts'
import { messagesOptions } from '../queries/index.ts'
import { cancelQueued, isLocalKey, localKey, queueOf, turnOf, writeTurn } from '../store/index.ts'
import type { ChatMessage, ChatPhase, ChatStatus } from '../store/index.ts'
import type { ConversationError } from '../transport/index.ts'
import { shownElsewhere } from './exchange.ts'
import type { FinishInfo } from './exchange.ts'
import { givenTurn } from './given.ts'
import { receive } from './talk.ts'
import { clearError, orphansOf, resume, say } from './queue.ts'
import { laterSteps } from './steps.ts'
import { conversationIdOf, currentTurn } from './thread.ts'
import type { RunBody, Thread, ThreadOptions, UserInput } from './thread.ts'
import { useLatest } from './useLatest.ts'
import { allRows, viewOf } from './view.ts'

export interface UseChatOptions extends Omit<ThreadOptions, 'initialMessages'> {
  /**
   * A stored conversation. `undefined`: one is created with the first message. `null`: the same when there is `create`, else nothing
   * is stored and every call takes all messages along.
   */
  conversationId?: string | null
  /** What the talk begins with, when it is not stored yet or cannot be listed. */
  initialMessages?: Message[]
  /** Whether stored messages are listed. `false` for session tokens, which may not. @default true */
  history?: boolean
}

export interface UseChatResult {
  /** The server's id; `null` before the conversation is created. */
  conversationId: string | null
  /** What `useMessage`, `useMessageKeys` and `useChatStatus` know this chat by, before it has an id too. */
  threadId: string
  /** Whether what is said is stored and can be listed, so that it can be changed too. */
  listed: boolean
  /** Everything said, the oldest first: what is stored, what is going on, and what waits to be sent. */
  messages: ChatMessage[]
  status: ChatStatus
  phase: ChatPhase
  error: ConversationError | null
  /**
   * Says something. Resolves at the end of the reply, also when it was stopped or taken back; rejects when it failed. While a reply
   * is under way, what is said waits, unless `whileBusy` says otherwise; without a network it waits for that.
   */
  sendMessage: (input: UserInput, perCall?: { body?: RunBody }) => Promise<FinishInfo>
  /** Takes the last answer back and asks for another one. */
  regenerate: () => Promise<FinishInfo>
  /** After an error: goes on from what the server has stored, without saying anything twice. */
  retry: () => Promise<FinishInfo>
  /** Ends the reply. What arrived stays. */
  stop: () => void
  /** How many messages wait to be sent. They are the last rows. */
  waiting: number
  /** Takes a message back that waits to be sent, by its key. */
  cancel: (key: string) => void
  clearError: () => void
  /**
   * Says a stored message of the user otherwise, by its id: what was said after it is deleted, and it is answered again. Resolves when
   * the answer has been asked for; rejects when that failed, and can then be done again.
   */
  edit: (id: string, text: string) => Promise<void>
  /** Lets the assistant speak on, without anything new being said: after an answer that was cut off at its limit. */
  goOn: () => Promise<FinishInfo>
  hasOlder: boolean
  loadOlder: () => Promise<void>
  isLoadingHistory: boolean
  /**
   * Creates the conversation before anything is said in it, to upload a file to it; one that there is stays. Gives its id. `null`
   * where nothing is stored.
   */
  createConversation: (() => Promise<string>) | null
  /** Why the stored messages could not be read. */
  historyError: ConversationError | null
  /** Reads them again. */
  reloadHistory: () => Promise<void>
}

/** A talk with the assistant. It belongs to the provider: it goes on while no component shows it. */
export function useChat(options: UseChatOptions = {}): UseChatResult {
  const { chat, thread, pages, given } = useTalk(options)
  const { store } = thread.kit
  const turn = useStore(store, (state) => turnOf(state, thread.id))
  const shown = useStore(store, (state) => state.shown)
  const queue = useStore(store, (state) => queueOf(state, thread.id))
  const messages = useMemo(
    () => allRows({ pages, turn: turn ?? given, shown, queue }, thread.kit.include),
    [pages, turn, given, shown, queue, thread],
  )
  return { ...chat, messages }
}

/** `useChat` without its messages, for those who read them row by row: no token renders it. */
export function useTalk(options: UseChatOptions) {
  const kit = useConversationKit()
  const { store, queryClient, client } = kit
  const thread = useThread(kit, options)
  const conversationId = useStore(store, () => conversationIdOf(thread))
  const history = useInfiniteQuery(
    messagesOptions(client, (thread.history && !thread.stateless && conversationId) || undefined),
    queryClient,
  )
  const pages = history.data
  useEffect(() => {
    // Messages that came by another way than ours may be those that wait in the store.
    if (!pages || conversationId === null || !thread.history || !turnOf(store.getState(), conversationId)) return
    laterSteps().then(
      (later) => later.settleFromCache(kit, conversationId),
      // It is settled at the end of the next reply, then.
      () => {},
    )
  }, [kit, store, conversationId, thread.history, pages])
  const given = useGiven(thread, options.initialMessages)
  const orphans = useStore(store, (state) => orphansOf(state, thread.id))
  useEffect(() => {
    if (orphans === 0) return
    laterSteps().then(
      ({ adopt }) => {
        adopt(thread)
        resume(thread)
      },
      // What the page before has left stays where it is.
      () => {},
    )
  }, [thread, orphans])

  // Once the chat is there and seen: what comes after the first word is at hand then, also when the network is not.
  useEffect(() => {
    const timer = setTimeout(() => void laterSteps().catch(() => {}))
    return () => clearTimeout(timer)
  }, [])

  const { fetchNextPage, refetch } = history
  const actions = useMemo(() => actionsOf(thread), [thread])
  const chat: Omit<UseChatResult, 'messages'> = {
    ...actions,
    conversationId,
    threadId: conversationId ?? thread.id,
    status: useStore(store, (state) => turnOf(state, thread.id)?.status ?? 'ready'),
    phase: useStore(store, (state) => turnOf(state, thread.id)?.phase ?? 'idle'),
    error: useStore(store, (state) => turnOf(state, thread.id)?.error ?? null),
    waiting: useStore(store, (state) => queueOf(state, thread.id).length),
    hasOlder: history.hasNextPage,
    loadOlder: useCallback(async () => {
      await fetchNextPage({ cancelRefetch: false })
    }, [fetchNextPage]),
    isLoadingHistory: history.isLoading,
    historyError: history.error,
    reloadHistory: useCallback(async () => {
      await refetch()
    }, [refetch]),
  }
  return { chat, thread, pages, given }
}

/** What does not change as long as the thread is the same. */
const actionsOf = (thread: Thread) =>
  ({
    listed: thread.history && !thread.stateless,
    sendMessage: (input, perCall) => shownElsewhere(say(thread, input, perCall?.body)),
    regenerate: () => shownElsewhere(laterSteps().then((later) => later.regenerate(thread))),
    retry: () => shownElsewhere(laterSteps().then((later) => later.retry(thread))),
    stop: () => currentTurn(thread)?.controller?.abort(),
    clearError: () => clearError(thread),
    edit: async (id, text) => (await laterSteps()).edit(thread, id, text),
    goOn: () => shownElsewhere(receive(thread)),
    cancel: (key) => cancelQueued(thread.kit.store, thread.id, key),
    createConversation: thread.stateless
      ? null
      : () => shownElsewhere(laterSteps().then((later) => later.createOnce(thread))),
  }) satisfies Partial<UseChatResult>

/** The thread that the options mean: the same object as long as they mean the same. */
function useThread(kit: ConversationKit, options: UseChatOptions): Thread {
  const { conversationId, history = true } = options
  const stateless = conversationId === null && options.create === undefined
  const named = conversationId ?? undefined
  const [local, setLocal] = useState(() => ({
    id: (named === undefined ? kit.store.getState().left : null) ?? localKey(),
    named,
  }))
  if (local.named !== named) {
    // Away from a conversation to none is a new one, not the one that was begun here before.
    setLocal({ id: named === undefined ? localKey() : local.id, named })
  }
  const latest = useLatest(options)
  const id = named ?? local.id
  return useMemo(() => {
    const thread: Thread = {
      kit,
      id,
      stateless,
      history,
      options: () => latest.current,
      resume: () => resume(thread),
    }
    return thread
  }, [kit, id, stateless, history, latest])
}

/** What the talk begins with, for as long as nothing has been said in it. */
function useGiven(thread: Thread, messages: Message[] | undefined) {
  const { kit, id, history } = thread
  const unlisted = conversationIdOf(thread) === null || !history
  const [given] = useState(() => messages ?? [])
  const turn = useMemo(
    () => (viewOf(kit, id).opening = unlisted && given.length > 0 ? givenTurn(id, given) : undefined),
    [kit, id, unlisted, given],
  )
  const unnamed = isLocalKey(id)
  useEffect(() => {
    const { store } = kit
    const state = store.getState()
    if (turn && !turnOf(state, id)) writeTurn(store, id, turn)
    viewOf(kit, id).opening = undefined
    if (!unnamed) return undefined
    store.setState({ unnamed: id, left: state.left === id ? null : state.left })
    return () => {
      const after = store.getState()
      const now = turnOf(after, id)
      const begun = after.created[id] || queueOf(after, id).length > 0 || (now && now !== turn)
      // A chat in which nothing was said leaves nothing behind.
      if (!begun) writeTurn(store, id, undefined)
      store.setState({
        unnamed: after.unnamed === id ? null : after.unnamed,
        left: begun ? id : after.left,
      })
    }
  }, [kit, id, turn, unnamed])
  return turn
}
