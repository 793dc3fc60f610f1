'use client'
import { QueryClient, QueryClientContext } from '@tanstack/react-query'
import { useContext, useEffect, useMemo, useRef, useState } from 'react'
import type { ReactElement, ReactNode } from 'react'
import type { AdminMessages, Messages } from '../internal/index.ts'
import type { QueryTransport } from '../queries/index.ts'
import { cancelQueued, createPlainStore, reduceTurn, writeTurn } from '../store/index.ts'
import type { ChatStore, PersistOptions } from '../store/index.ts'
import type { ConversationError } from '../transport/index.ts'
import { KitContext, LocaleContext } from './context.ts'
import type { ConversationKit } from './context.ts'
import { reportErrors } from './report.ts'
import type { ErrorContext } from './report.ts'

export interface ConversationProviderProps {
  /** Make it once, outside of the component: replies that are under way end when it changes. */
  client: QueryTransport
  children: ReactNode
  /** @default the one in context, else one of its own */
  queryClient?: QueryClient
  /** Drafts, panel and what goes on. @default one of its own */
  store?: ChatStore
  /** A BCP 47 tag, for dates and numbers. @default the browser's */
  locale?: string
  /** Other words than the English ones. */
  messages?: Partial<Messages & AdminMessages>
  /**
   * Milliseconds between two commits of a streamed reply at least; they fall on frames. `false` commits every event by itself.
   * @default 0: once a frame
   */
  streamThrottle?: number | false
  /** Knows votes again after a reload, which the API cannot be asked for: they are kept in a storage under this name. @default not kept */
  persistVotes?: PersistOptions
  /** Told of every error once. */
  onError?: (error: ConversationError, context: ErrorContext) => void
}

/** Gives a client, a cache and a store to the part of the tree inside of it. Two of them share nothing but a `QueryClient` in context. */
export function ConversationProvider({
  client,
  children,
  queryClient: given,
  store: givenStore,
  locale,
  messages,
  streamThrottle = 0,
  persistVotes,
  onError,
}: ConversationProviderProps): ReactElement {
  const inContext = useContext(QueryClientContext)
  const queryClient = useOwn(given ?? inContext, () => new QueryClient())
  const store = useOwn(givenStore, createPlainStore)
  const kit = useMemo<ConversationKit>(
    () => ({ client, queryClient, store, streamThrottle }),
    [client, queryClient, store, streamThrottle],
  )
  useEffect(() => {
    // Focus and network events reach a client while it is mounted; one in context is mounted by its own provider.
    if (queryClient === inContext) return undefined
    queryClient.mount()
    return () => queryClient.unmount()
  }, [queryClient, inContext])
  useEndOldReplies(client, store)

  const report = useRef(onError)
  useEffect(() => {
    report.current = onError
  })
  useEffect(
    () => reportErrors(queryClient, client.scope, (error, context) => report.current?.(error, context)),
    [queryClient, client.scope],
  )

  const { name: votesName, storage: votesStorage } = persistVotes ?? {}
  useEffect(() => {
    if (votesName === undefined) return undefined
    const leave = new AbortController()
    // Only who keeps votes downloads what that takes.
    import('./keep-votes.ts').then(
      ({ keepVotes }) => keepVotes(queryClient, client.scope, { name: votesName, storage: votesStorage }, leave.signal),
      () => {},
    )
    return () => leave.abort()
  }, [queryClient, client.scope, votesName, votesStorage])

  const words = useMemo(() => ({ locale, messages }), [locale, messages])
  return (
    <KitContext.Provider value={kit}>
      <LocaleContext.Provider value={words}>{children}</LocaleContext.Provider>
    </KitContext.Provider>
  )
}

/** What was given, else one made here that stays. */
function useOwn<T>(given: T | undefined, make: () => T): T {
  const [own] = useState(() => once(make))
  return given ?? own()
}

function once<T>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
}

/** Another client may speak for somebody else: what the old one is being told ends. Unmounting ends nothing. */
function useEndOldReplies(client: QueryTransport, store: ChatStore): void {
  const last = useRef(client)
  useEffect(() => {
    if (last.current === client) return
    last.current = client
    const { live, queued } = store.getState()
    for (const thread of Object.keys(queued)) cancelQueued(store, thread)
    store.setState({ votes: {} })
    for (const [thread, turn] of Object.entries(live)) {
      turn?.controller?.abort()
      // What the network took from the old one is not said by the new one.
      if (turn?.status === 'error') writeTurn(store, thread, reduceTurn(turn, { type: 'clearError' }))
    }
  }, [client, store])
}
