'use client'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { useConversationKit } from '../../provider/index.ts'
import { detailOptions } from '../../queries/index.ts'
import { createLookUp } from './lookUp.ts'

/** How many conversations are looked up without being asked for, and how many more at a press. */
const BY_ITSELF = 200

/**
 * Reads conversations into the cache: those of votes that nothing else is known of. One that cannot be read, since it was deleted or
 * the network is gone, is not tried again. `left` are those that wait to be asked for.
 */
export function useLookUp(ids: readonly string[]): { left: number; lookUp: () => void } {
  const { client, queryClient } = useConversationKit()
  const [allowed, setAllowed] = useState(BY_ITSELF)
  const work = useMemo(
    () =>
      createLookUp((id) =>
        // Nothing else holds it in the cache.
        queryClient.fetchQuery({ ...detailOptions(client, id), retry: false, gcTime: Number.POSITIVE_INFINITY }),
      ),
    [client, queryClient],
  )
  useEffect(() => {
    work.want(ids, allowed)
    return () => work.want([], 0)
  }, [work, ids, allowed])
  return {
    left: work.left(ids),
    lookUp: useCallback(() => setAllowed((known) => known + BY_ITSELF), []),
  }
}
