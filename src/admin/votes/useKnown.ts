'use client'
import type { QueryClient } from '@tanstack/react-query'
import { useCallback, useMemo, useRef, useSyncExternalStore } from 'react'
import { useConversationKit } from '../../provider/index.ts'
import { keyOfAll } from '../../queries/index.ts'
import { partOf, readConversations, readVotes } from './known.ts'
import type { KnownConversations, KnownVotes } from './known.ts'

/** Milliseconds between two looks at the cache: lists that load change it page by page. */
const LOOK_MS = 200

const VOTES: ReadonlySet<unknown> = new Set(['messages', 'vote'])
const CONVERSATIONS: ReadonlySet<unknown> = new Set(['list', 'conversation'])
const NOTHING: ReadonlySet<unknown> = new Set()

/** What the cache tells of votes, and what it comes to tell. */
export const useKnownVotes = (): KnownVotes => useKnown(VOTES, readVotes)

/** What the cache tells of conversations, and what it comes to tell. `wanted`: whether it is looked at again as it changes. */
export const useKnownConversations = (wanted = true): KnownConversations =>
  useKnown(wanted ? CONVERSATIONS : NOTHING, wanted ? readConversations : readNone)

const none: KnownConversations = { conversations: new Map(), gone: new Set() }
const readNone = () => none

function useKnown<T>(parts: ReadonlySet<unknown>, read: (queryClient: QueryClient, scope: string | undefined) => T): T {
  const { client, queryClient } = useConversationKit()
  const { scope } = client
  const version = useRef(0)
  const subscribe = useCallback(
    (listener: () => void) => {
      const [root, inScope] = keyOfAll(scope)
      let timer: ReturnType<typeof setTimeout> | undefined
      const look = () => {
        timer = undefined
        version.current += 1
        listener()
      }
      const stop = queryClient.getQueryCache().subscribe((event) => {
        const { queryKey } = event.query
        const ended = event.type === 'updated' && (event.action.type === 'success' || event.action.type === 'error')
        if (!ended && event.type !== 'removed') return
        if (queryKey[0] === root && queryKey[1] === inScope && parts.has(partOf(queryKey))) {
          timer ??= setTimeout(look, LOOK_MS)
        }
      })
      return () => {
        stop()
        clearTimeout(timer)
      }
    },
    [queryClient, scope, parts],
  )
  const versionNow = () => version.current
  const seen = useSyncExternalStore(subscribe, versionNow, versionNow)
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- `seen` says that there is something new to read
  return useMemo(() => read(queryClient, scope), [read, queryClient, scope, seen])
}
