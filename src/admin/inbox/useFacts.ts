'use client'
import type { Query } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { useLatest, useListView } from '../../hooks/index.ts'
import { useConversationKit } from '../../provider/index.ts'
import { keyOfAll, newestOf } from '../../queries/index.ts'
import type { ListParams, MessagePages } from '../../queries/index.ts'
import { useVotes } from '../votes/useVotes.ts'
import type { ConversationView, FactsOf } from '../view/view.ts'
import { lookUpSpeakers } from './lookUp.ts'

/** Who spoke last, and when. */
type Speakers = ReadonlyMap<string, Asked>

/**
 * What is known of conversations beside their records: votes, and who spoke last. Both are asked for only where the view goes by them,
 * since the API tells votes contact by contact, and speakers conversation by conversation; else it is what the page has seen.
 */
export function useFacts(view: ConversationView, params: ListParams): FactsOf {
  const { facts } = useVotes({ enabled: view.votes !== undefined || view.sort === 'votes' })
  const seen = useLastSpeakers()
  const asked = useAskedSpeakers(view.lastSpeaker !== undefined, params, seen)
  return useMemo(
    () => (id) => {
      const votes = facts.get(id)
      const here = seen.get(id)
      const there = asked.get(id)
      const lastSpeaker = (here && there ? (here.at >= there.at ? here : there) : (here ?? there))?.speaker
      return votes || lastSpeaker ? { up: 0, down: 0, ...votes, ...(lastSpeaker && { lastSpeaker }) } : undefined
    },
    [facts, seen, asked],
  )
}

interface Asked {
  speaker: 'user' | 'bot'
  /** When the conversation had last been changed when it was asked for. */
  at: number
}
const NOTHING: ReadonlyMap<string, Asked> = new Map()

/** Who spoke last in the loaded conversations, asked for while somebody wants to know, and again of those that were changed since. */
function useAskedSpeakers(wanted: boolean, params: ListParams, seen: Speakers): ReadonlyMap<string, Asked> {
  const kit = useConversationKit()
  const { view } = useListView(params)
  // Another object after any change of the list.
  const pages = useSyncExternalStore(view.onChange, view.pages, view.pages)
  const [asked, setAsked] = useState(NOTHING)
  const latest = useLatest({ seen, asked })
  useEffect(() => {
    if (!wanted) return undefined
    const known = latest.current
    const leave = new AbortController()
    const changed = new Map(
      pages.flatMap(({ items }) => items.map(({ id, updatedAt, createdAt }) => [id, updatedAt ?? createdAt] as const)),
    )
    const unknown = [...changed].filter(
      ([id, at]) => Math.max(known.asked.get(id)?.at ?? 0, known.seen.get(id)?.at ?? 0) < at,
    )
    void lookUpSpeakers(
      kit,
      unknown.map(([id]) => id),
      (learned) =>
        setAsked((before) => {
          const after = new Map(before)
          for (const [id, speaker] of learned) after.set(id, { speaker, at: changed.get(id) ?? 0 })
          return after
        }),
      leave.signal,
    )
    return () => leave.abort()
  }, [kit, wanted, pages, latest])
  return asked
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
    const all = new Map<string, Asked>()
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
        const before = known.current.get(id)
        if (!speaker || (before?.speaker === speaker.speaker && before.at === speaker.at)) return
        known.current = new Map(known.current).set(id, speaker)
        listener()
      }),
    [queryClient, idOf],
  )
  return useSyncExternalStore(subscribe, read, read)
}

/** The last who was heard: notes and what is for the model are nobody's words. */
function speakerIn(pages: MessagePages | undefined): Asked | undefined {
  if (!pages) return undefined
  for (const { items } of pages.pages) {
    const spoken = items.find(({ type }) => type === 'user' || type === 'bot')
    // What came after it, a note say, was seen too.
    if (spoken) return { speaker: spoken.type as 'user' | 'bot', at: newestOf(pages)?.createdAt ?? spoken.createdAt }
  }
  return undefined
}
