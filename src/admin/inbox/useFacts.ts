'use client'
import type { Query } from '@tanstack/react-query'
import { useCallback, useMemo, useRef, useSyncExternalStore } from 'react'
import { useConversationKit } from '../../provider/index.ts'
import { keyOfAll, newestOf } from '../../queries/index.ts'
import type { MessagePages } from '../../queries/index.ts'
import { useVotes } from '../votes/useVotes.ts'
import type { FactsOf } from '../view/view.ts'

type Speakers = ReadonlyMap<string, 'user' | 'bot'>

/**
 * What is known of conversations beside their records: votes, and who spoke last in those whose messages were read. All votes are asked
 * for only where they are wanted, since the API tells them contact by contact; else it is what the page has seen.
 */
export function useFacts(wantsVotes: boolean): FactsOf {
  const { facts } = useVotes({ enabled: wantsVotes })
  const speakers = useLastSpeakers()
  return useMemo(
    () => (id) => {
      const votes = facts.get(id)
      const lastSpeaker = speakers.get(id)
      return votes || lastSpeaker ? { up: 0, down: 0, ...votes, ...(lastSpeaker && { lastSpeaker }) } : undefined
    },
    [facts, speakers],
  )
}

/** Who spoke last, by conversation, as far as their messages are in the cache. A change of one looks at that one. */
function useLastSpeakers(): Speakers {
  const { client, queryClient } = useConversationKit()
  const { scope } = client
  const known = useRef<Speakers>(null)
  const idOf = useCallback(
    ({ queryKey }: Pick<Query, 'queryKey'>) => {
      const [root, inScope] = keyOfAll(scope)
      const [first, second, kind, id, part] = queryKey
      return first === root && second === inScope && kind === 'detail' && part === 'messages'
        ? (id as string)
        : undefined
    },
    [scope],
  )
  const read = useCallback(() => {
    if (known.current) return known.current
    const all = new Map<string, 'user' | 'bot'>()
    for (const query of queryClient.getQueryCache().findAll({ queryKey: keyOfAll(scope) })) {
      const id = idOf(query)
      const speaker = id !== undefined && speakerIn(query.state.data as MessagePages | undefined)
      if (id !== undefined && speaker) all.set(id, speaker)
    }
    known.current = all
    return all
  }, [queryClient, scope, idOf])
  const subscribe = useCallback(
    (listener: () => void) =>
      queryClient.getQueryCache().subscribe((event) => {
        const id = idOf(event.query)
        if (id === undefined || !known.current || (event.type !== 'updated' && event.type !== 'removed')) return
        // What was read of one that the cache has let go of is still true, as far as anybody knows.
        const speaker = speakerIn(event.query.state.data as MessagePages | undefined)
        if (!speaker || known.current.get(id) === speaker) return
        known.current = new Map(known.current).set(id, speaker)
        listener()
      }),
    [queryClient, idOf],
  )
  return useSyncExternalStore(subscribe, read, read)
}

/** The last who was heard: notes and what is for the model are nobody's words. */
function speakerIn(pages: MessagePages | undefined): 'user' | 'bot' | undefined {
  if (!pages) return undefined
  const newest = newestOf(pages)
  if (newest?.type === 'user' || newest?.type === 'bot') return newest.type
  for (const { items } of pages.pages) {
    const spoken = items.find(({ type }) => type === 'user' || type === 'bot')
    if (spoken) return spoken.type as 'user' | 'bot'
  }
  return undefined
}
