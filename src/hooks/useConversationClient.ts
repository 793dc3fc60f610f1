'use client'
import { useConversationKit } from '../provider/index.ts'
import type { ConversationQueries, QueryTransport } from '../queries/index.ts'

/** The client that the provider was given. */
export const useConversationClient = (): QueryTransport => useConversationKit().client

/** Query options made for the provider's client, for `useQuery` and prefetching. */
export const useConversationQueries = (): ConversationQueries => useConversationKit().queries
