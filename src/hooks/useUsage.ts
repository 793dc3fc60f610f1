'use client'
import type { UseQueryResult } from '@tanstack/react-query'
import type { UsageFetchResponse } from '../protocol/index.ts'
import { usageOptions } from '../queries/index.ts'
import type { MaybeId, UsageParams } from '../queries/index.ts'
import type { ConversationError } from '../transport/index.ts'
import { useOne } from './readOptions.ts'
import type { ReadOptions } from './readOptions.ts'

/** The tokens and messages a conversation has used, in the last 90 days or the part of them that is asked for. */
export const useUsage = (
  conversationId: MaybeId,
  params?: UsageParams,
  options?: ReadOptions,
): UseQueryResult<UsageFetchResponse, ConversationError> =>
  useOne(({ client }) => usageOptions(client, conversationId, params), options)
