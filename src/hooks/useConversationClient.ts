'use client'
import { useMemo } from 'react'
import { useConversationKit } from '../provider/index.ts'
import { createConversationQueries } from '../queries/index.ts'
import type { ConversationQueries } from '../queries/index.ts'
import type { ConversationClient } from '../transport/index.ts'

/** The client that the provider was given. Typed as ours; of the official client, which a provider takes too, only what both have is there. */
export const useConversationClient = (): ConversationClient => useConversationKit().client as ConversationClient

/** Query options made for the provider's client, for `useQuery` and prefetching. */
export function useConversationQueries(): ConversationQueries {
  const { client } = useConversationKit()
  return useMemo(() => createConversationQueries(client), [client])
}
