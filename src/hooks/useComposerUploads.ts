'use client'
import { attachRecipe } from '../queries/index.ts'
import type { ConversationClient } from '../transport/index.ts'
import { useUploads } from './uploads.ts'
import type { Route, UseUploadAttachmentResult } from './uploads.ts'

const route: Route = ({ client }, conversationId) =>
  attachRecipe(conversationId, client.scope, (request, options) =>
    (client as ConversationClient).attachment.upload(conversationId, request, options),
  )

/** `useUploadAttachment` for a chat, which asks for it later: on our own client, and without what a page has loaded with it. */
export const useComposerUploads = (conversationId: string | null): UseUploadAttachmentResult =>
  useUploads(conversationId, route)
