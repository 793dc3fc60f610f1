'use client'
import type { UseQueryResult } from '@tanstack/react-query'
import type { AttachmentInstance } from '../protocol/index.ts'
import { attachmentsOptions } from '../queries/index.ts'
import type { MaybeId } from '../queries/index.ts'
import type { ConversationError } from '../transport/index.ts'
import { useOne } from './readOptions.ts'
import type { ReadOptions } from './readOptions.ts'

/** All attachments of a conversation, the oldest first. One is in it as soon as its upload was announced. */
export const useAttachments = (
  conversationId: MaybeId,
  options?: ReadOptions,
): UseQueryResult<AttachmentInstance[], ConversationError> =>
  useOne(({ client }) => attachmentsOptions(client, conversationId), options)
