import type { AttachmentInstance } from '../protocol/index.ts'
import type { CallOptions, ConversationClient } from '../transport/index.ts'
import { idOf } from './conversations.ts'
import type { MaybeId, QueryTransport } from './conversations.ts'
import { extra } from './extra.ts'
import { conversationKeys } from './keys.ts'
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
