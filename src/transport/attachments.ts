import type { AttachmentInstance, AttachmentListRequest, AttachmentListResponse, ItemEvent } from '../protocol/index.ts'
import { get } from './call.ts'
import type { Caller } from './call.ts'
import type { CallOptions, ResponsePromise } from './types.ts'

/** Bytes to attach, or the URL (`https:` or `data:`) of something that the server reads itself. */
export type ConversationAttachmentUploadRequest =
  | {
      data: string | ArrayBuffer | ArrayBufferView<ArrayBuffer> | Blob
      /** @default that of the blob, else 'application/octet-stream' */
      type?: string
      /** @default that of the file */
      name?: string
    }
  | { url: string }

export interface UploadProgress {
  /** Bytes that are on their way or there. */
  loaded: number
  /** Bytes in all. */
  total: number
}

export interface UploadOptions extends CallOptions {
  /** Told at the beginning, at the end and, where the platform can (XMLHttpRequest), in between. */
  onProgress?: (progress: UploadProgress) => void
}

export interface ConversationAttachmentUploadResponse {
  id: string
  /** The id with the ending of the file's type; the name to download it by. */
  name?: string
}

export function listConversationAttachments(
  client: Caller,
  conversationId: string,
  request?: AttachmentListRequest,
  options?: CallOptions,
): ResponsePromise<AttachmentListResponse, ItemEvent<AttachmentInstance>> {
  return get(client, '/api/v1/conversation/{conversationId}/attachment/list', [conversationId], request, options)
}

/**
 * Attaches a file to a conversation: announces it to the API, then sends the bytes to the address the API names, without any
 * credentials. The conversation knows of the file from the first step on, even when the second one fails.
 */
export async function uploadConversationAttachment(
  client: Caller,
  conversationId: string,
  request: ConversationAttachmentUploadRequest,
  options?: UploadOptions,
): Promise<ConversationAttachmentUploadResponse> {
  // Only who uploads downloads what that takes.
  const { upload } = await import('./upload.ts')
  return await upload(client, conversationId, request, options)
}

/** The bytes of an attachment. `name` is the one `upload` and `list` give, with its ending. */
export async function downloadConversationAttachment(
  client: Caller,
  conversationId: string,
  name: string,
  options?: CallOptions,
): Promise<Blob> {
  return await get<Blob>(
    client,
    '/api/v1/conversation/{conversationId}/attachment/{name}/download',
    [conversationId, name],
    undefined,
    { ...options, as: 'blob' },
  )
}
