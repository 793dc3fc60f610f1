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
import { keyOfAttachments, keyOfUpload } from './keys.ts'

/** A file, and how its upload is followed and ended. */
export type AttachmentUpload = ConversationAttachmentUploadRequest & Pick<UploadOptions, 'signal' | 'onProgress'>

export type AttachOptions = UseMutationOptions<
  ConversationAttachmentUploadResponse,
  ConversationError,
  AttachmentUpload
>

/** What an upload is besides the call. The list is read again, after a failure too: the conversation knows of the file from the announcement on. */
export const attachRecipe = (
  conversationId: string,
  scope: string | undefined,
  upload: (
    request: ConversationAttachmentUploadRequest,
    options: UploadOptions,
  ) => Promise<ConversationAttachmentUploadResponse>,
): AttachOptions => ({
  mutationKey: keyOfUpload(conversationId, scope),
  mutationFn: async ({ signal, onProgress, ...request }) => upload(request, { signal, onProgress, retries: 0 }),
  onSettled: (_data, _error, _upload, _result, { client: queryClient }) =>
    queryClient.invalidateQueries({ queryKey: keyOfAttachments(conversationId, scope) }),
  meta: { operation: 'attachment.upload', conversationId },
})

/** All attachments of a conversation. The server gives a thousand a page, so one request as a rule. */
export async function listAll(
  client: ConversationClient['attachment'],
  conversationId: string,
  options?: CallOptions,
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
