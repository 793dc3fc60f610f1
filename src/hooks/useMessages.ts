'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { UseInfiniteQueryResult } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useStore } from 'zustand'
import type { MessageType } from '../protocol/index.ts'
import { useConversationKit } from '../provider/index.ts'
import type { MaybeId, MessagePages } from '../queries/index.ts'
import { storedRows } from '../store/index.ts'
import type { ChatMessage } from '../store/index.ts'
import type { ConversationError } from '../transport/index.ts'
import { readOptions } from './readOptions.ts'
import type { ReadOptions } from './readOptions.ts'
import { storedMessages } from './settle.ts'

export interface UseMessagesOptions extends ReadOptions {
  /** Messages a page, 1 to 100. @default 100 */
  take?: number
  /** Which messages become rows, or parts of rows. @default user, bot, reasoning and activity */
  include?: MessageType[]
}

/**
 * The stored messages of a conversation as rows, the oldest first; `fetchNextPage` loads older ones. What is being said at
 * the moment is in `useChat`.
 */
export function useMessages(
  id: MaybeId,
  { take, include, ...options }: UseMessagesOptions = {},
): UseInfiniteQueryResult<ChatMessage[], ConversationError> {
  const { queries, queryClient, store } = useConversationKit()
  const shown = useStore(store, (state) => state.shown)
  const types = include?.join()
  const select = useCallback(
    (pages: MessagePages) => storedRows(storedMessages(pages), shown, types?.split(',') as MessageType[]).slice(),
    [shown, types],
  )
  return useInfiniteQuery(
    {
      ...queries.messages(id, { take }),
      ...readOptions(options),
      select,
    },
    queryClient,
  )
}
