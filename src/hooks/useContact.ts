'use client'
import type { UseInfiniteQueryResult, UseQueryResult } from '@tanstack/react-query'
import type { ContactInstance, ConversationInstance } from '../protocol/index.ts'
import { contactListOptions, contactOptions } from '../queries/index.ts'
import type { ListParams, MaybeId } from '../queries/index.ts'
import type { ConversationError } from '../transport/index.ts'
import { allItems, useOne, usePages } from './readOptions.ts'
import type { ReadOptions } from './readOptions.ts'

/** One contact. Without an id it waits for one. The official client has no contacts: the error says so. */
export const useContact = (
  contactId: MaybeId,
  options?: ReadOptions,
): UseQueryResult<ContactInstance, ConversationError> =>
  useOne(({ client }) => contactOptions(client, contactId), options)

/** The conversations of a contact. `data` is all that was loaded, flat; `fetchNextPage` loads more. */
export const useContactConversations = (
  contactId: MaybeId,
  params?: ListParams,
  options?: ReadOptions,
): UseInfiniteQueryResult<ConversationInstance[], ConversationError> =>
  usePages(({ client }) => contactListOptions(client, contactId, params), allItems, options)
