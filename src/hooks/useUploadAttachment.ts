'use client'
import { attachOptions } from '../queries/index.ts'
import { useUploads } from './uploads.ts'
import type { Route, UseUploadAttachmentResult } from './uploads.ts'

const route: Route = ({ client }, conversationId) => attachOptions(client, conversationId)

/**
 * Uploads files to a conversation. An upload goes on when its component unmounts or shows another conversation, and is in `uploads`
 * when one comes back; only `cancel` and `dismiss` end it. After each one `useAttachments` is read again. Without an id, `null`,
 * files can be added for the conversation to come.
 */
export const useUploadAttachment = (conversationId: string | null): UseUploadAttachmentResult =>
  useUploads(conversationId, route)
