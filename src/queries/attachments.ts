import type { UseMutationOptions } from '@tanstack/react-query'
import type { AttachmentInstance } from '../protocol/index.ts'
import type {
  CallOptions,
  ConversationAttachmentUploadRequest,
  ConversationAttachmentUploadResponse,
  ConversationClient,
  ConversationError,
  UploadOptions,
} from '../transport/index.ts'
import { idOf } from './conversations.ts'
import type { MaybeId, QueryTransport } from './conversations.ts'
import { extra } from './extra.ts'
import { conversationKeys, mutationKeys } from './keys.ts'
import { named } from './named.ts'
import { oneOptions } from './options.ts'

/** The attachments of a conversation, all of them. */
export const attachmentsOptions = (client: QueryTransport, maybeId: MaybeId) => {
  const id = idOf(maybeId)
  return oneOptions<AttachmentInstance[]>(
    id,
    conversationKeys.attachments(id ?? '', client.scope),
    (conversationId, options) => listAll(extra(client, 'attachment'), conversationId, options),
    { operation: 'attachment.list', conversationId: id },
  )
}

/** The server gives a thousand a page, so one request as a rule. */
async function listAll(
  client: ConversationClient['attachment'],
  conversationId: string,
  options: CallOptions,
): Promise<AttachmentInstance[]> {
  const all: AttachmentInstance[] = []
  let cursor: string | null | undefined
  do {
    const page = await client.list(conversationId, cursor ? { cursor } : {}, options)
    all.push(...page.items)
    // A server that names a cursor on its last page answers the next one empty.
    cursor = page.items.length > 0 ? page.cursor : null
  } while (cursor)
  return all
}

/** A file, and how its upload is followed and ended. */
export type AttachmentUpload = ConversationAttachmentUploadRequest & Pick<UploadOptions, 'signal' | 'onProgress'>

/** Attaches a file. The list is read again, after a failure too: the conversation knows of the file from the announcement on. */
export function attachOptions(
  client: QueryTransport,
  conversationId: string,
): UseMutationOptions<ConversationAttachmentUploadResponse, ConversationError, AttachmentUpload> {
  return {
    mutationKey: mutationKeys.uploadAttachment(conversationId, client.scope),
    mutationFn: async ({ signal, onProgress, ...request }) =>
      named(extra(client, 'attachment').upload(conversationId, request, { signal, onProgress, retries: 0 })),
    onSettled: (_data, _error, _upload, _result, { client: queryClient }) =>
      queryClient.invalidateQueries({ queryKey: conversationKeys.attachments(conversationId, client.scope) }),
    meta: { operation: 'attachment.upload', conversationId },
  }
}
