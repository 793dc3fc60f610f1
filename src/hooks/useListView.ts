'use client'
import { useMemo } from 'react'
import type { UseInfiniteQueryResult } from '@tanstack/react-query'
import type { ConversationInstance } from '../protocol/index.ts'
import { useConversationKit } from '../provider/index.ts'
import { listOptions } from '../queries/index.ts'
import type { ListParams } from '../queries/index.ts'
import { turnOf } from '../store/index.ts'
import type { ChatStatus } from '../store/index.ts'
import type { ConversationError } from '../transport/index.ts'
import { goneOf } from './gone.ts'
import { listViewOf, shownOf } from './listView.ts'
import type { ListView, ShownIds } from './listView.ts'
import { usePages } from './readOptions.ts'

const nothing = () => null

/**
 * A list as far as it is about loading; what is in it is looked at with `useListView`. So a component that reads this renders when the
 * loading goes on, and not when a row changes.
 */
export const useListQuery = (params?: ListParams): UseInfiniteQueryResult<null, ConversationError> =>
  usePages(({ client }) => listOptions(client, params, { streaming: true }), nothing)

/** What a list shows of what is loaded. Functions are to stay the same between renders, or it is put together anew. */
export function useListView(
  params: ListParams | undefined,
  match?: (conversation: ConversationInstance) => boolean,
  sort?: (one: ConversationInstance, other: ConversationInstance) => number,
): { view: ListView; shown: ShownIds } {
  const kit = useConversationKit()
  const view = listViewOf(kit, params)
  const shown = useMemo(() => shownOf(view, match, sort, goneOf(kit)), [view, match, sort, kit])
  return { view, shown }
}

/** Whether answers are on their way, to be asked for rows, of which a page may have many. */
export interface LiveStatuses {
  of: (conversationId: string) => ChatStatus
  subscribe: (listener: () => void) => () => void
}

/** The same object as long as it is the same provider. */
export function useLiveStatuses(): LiveStatuses {
  const { store } = useConversationKit()
  return useMemo(
    () => ({ of: (id) => turnOf(store.getState(), id)?.status ?? 'ready', subscribe: store.subscribe }),
    [store],
  )
}
