'use client'
import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import type { UseInfiniteQueryResult, UseSuspenseInfiniteQueryResult } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useStore } from 'zustand'
import type { MessageType } from '../protocol/index.ts'
import { useConversationKit } from '../provider/index.ts'
import { idOf, messagesOptions } from '../queries/index.ts'
import type { MaybeId, MessagePage, MessagePages, PageOptions } from '../queries/index.ts'
import { storedRows } from '../store/index.ts'
import type { ChatMessage } from '../store/index.ts'
import type { ConversationError } from '../transport/index.ts'
import { usePages } from './readOptions.ts'
import type { ReadOptions, SuspensePages } from './readOptions.ts'
import { storedMessages } from './settle.ts'

/** What of a conversation is shown. */
export interface MessagesParams {
  /** Messages a page, 1 to 100. @default 100 */
  take?: number
  /** Which messages become rows, or parts of rows. @default user, bot, reasoning and activity */
  include?: MessageType[]
}

export type UseMessagesOptions = MessagesParams & ReadOptions & Pick<PageOptions, 'streaming'>

/**
 * The stored messages of a conversation as rows, the oldest first; `fetchNextPage` loads older ones. What is being said at
 * the moment is in `useChat`.
 */
export function useMessages(
  id: MaybeId,
  options: UseMessagesOptions = {},
): UseInfiniteQueryResult<ChatMessage[], ConversationError> {
  return usePages(({ client }) => messagesOptions(client, idOf(id), options), useRows(options), options)
}

/** The stored messages of a conversation as rows, for use under `<Suspense>`. */
export function useSuspenseMessages(
  id: string,
  options: MessagesParams = {},
): UseSuspenseInfiniteQueryResult<ChatMessage[], ConversationError> {
  const { client, queryClient } = useConversationKit()
  const select = useRows(options)
  const recipe = messagesOptions(client, id, options) as SuspensePages<MessagePage>
  return useSuspenseInfiniteQuery({ ...recipe, select }, queryClient)
}

/** Stored pages to rows, the same function as long as the same is shown. */
function useRows({ include }: MessagesParams) {
  const { store } = useConversationKit()
  const shown = useStore(store, (state) => state.shown)
  const types = include?.join()
  return useCallback(
    (pages: MessagePages) => storedRows(storedMessages(pages), shown, types?.split(',') as MessageType[]).slice(),
    [shown, types],
  )
}
