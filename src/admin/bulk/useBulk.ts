'use client'
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { useLocale, useStrings } from '../../components/index.ts'
import { markGone, useLatest } from '../../hooks/index.ts'
import { useConversationKit } from '../../provider/index.ts'
import { exportWords } from '../export/words.ts'
import { createBulk } from './bulk.ts'
import { BULK_UNDO_MS } from './jobs.ts'
import type { Bulk, BulkOptions, BulkState } from './types.ts'

/** What there is of work on many conversations, and what can be done with it. */
export interface UseBulkResult extends BulkState, Omit<Bulk, 'get' | 'subscribe' | 'open'> {
  /** How long a deletion can be taken back, in milliseconds. */
  undoMs: number
}

/**
 * Work on many conversations: export, change, delete. Use it where it stays mounted: a job goes on as long as it is, and after a reload
 * when it is there again. Every item is done once, whenever the page dies. With several tabs one of them does the work and the others
 * show it. The options are those of the first render.
 */
export function useBulk(options: BulkOptions = {}): UseBulkResult {
  const kit = useConversationKit()
  const words = useStrings(exportWords)
  const locale = useLocale()
  const language = useLatest({ locale, messages: words })
  const latest = useLatest(kit)
  const { client, queryClient } = kit
  const [first] = useState(options)
  const bulk = useMemo(
    () =>
      createBulk({
        ...first,
        client,
        queryClient,
        language: () => language.current,
        onDeleted: (ids) => markGone(latest.current, ids),
      }),
    [first, client, queryClient, language, latest],
  )
  useEffect(() => bulk.open(), [bulk])
  const state = useSyncExternalStore(bulk.subscribe, bulk.get, bulk.get)
  return useMemo(() => {
    const { get: _get, subscribe: _subscribe, open: _open, ...actions } = bulk
    return { ...state, ...actions, undoMs: first.undoMs ?? BULK_UNDO_MS }
  }, [bulk, state, first.undoMs])
}
