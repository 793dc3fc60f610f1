import type { AttachmentInstance } from '../protocol/index.ts'
import { attachRecipe, listAll } from './attach.ts'
import type { AttachOptions } from './attach.ts'
import { idOf } from './conversations.ts'
import type { MaybeId, QueryTransport } from './conversations.ts'
import { extra } from './extra.ts'
import { conversationKeys } from './keys.ts'
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

/** Attaches a file. */
export const attachOptions = (client: QueryTransport, conversationId: string): AttachOptions =>
  attachRecipe(conversationId, client.scope, async (request, options) =>
    named(extra(client, 'attachment').upload(conversationId, request, options)),
  )
