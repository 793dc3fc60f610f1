'use client'
import { useCallback, useMemo, useRef, useSyncExternalStore } from 'react'
import { useConversationKit } from '../../provider/index.ts'
import { keyOfAll } from '../../queries/index.ts'
import { readKnown } from './known.ts'
import type { Known } from './known.ts'

/** Milliseconds between two looks at the cache: lists that load change it page by page. */
const LOOK_MS = 200

const KINDS: ReadonlySet<unknown> = new Set(['list', 'detail'])

/** What the cache knows that bears on votes, and what comes to know. */
export function useKnown(): Known {
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
        const [first, second, kind] = event.query.queryKey
        const changed =
          event.type === 'removed' || (event.type === 'updated' && ['success', 'error'].includes(event.action.type))
        if (changed && first === root && second === inScope && KINDS.has(kind)) timer ??= setTimeout(look, LOOK_MS)
      })
      return () => {
        stop()
        clearTimeout(timer)
      }
    },
    [queryClient, scope],
  )
  const read = () => version.current
  const seen = useSyncExternalStore(subscribe, read, read)
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- `seen` says that there is something new to read
  return useMemo(() => readKnown(queryClient, scope), [queryClient, scope, seen])
}
