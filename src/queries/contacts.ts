import type { ContactInstance, ConversationInstance } from '../protocol/index.ts'
import { idOf } from './conversations.ts'
import type { MaybeId, QueryTransport } from './conversations.ts'
import { extra } from './extra.ts'
import { conversationKeys } from './keys.ts'
import type { ListParams } from './keys.ts'
import { oneOptions, pagesOptions } from './options.ts'

/** One contact. */
export const contactOptions = (client: QueryTransport, maybeId: MaybeId) => {
  const id = idOf(maybeId)
  return oneOptions<ContactInstance>(
    id,
    conversationKeys.contact(id ?? '', client.scope),
    (contactId, options) => extra(client, 'contact').fetch(contactId, options),
    { operation: 'contact.fetch' },
  )
}

/** The conversations of a contact, page by page. */
export const contactListOptions = (client: QueryTransport, maybeId: MaybeId, params: ListParams = {}) => {
  const id = idOf(maybeId)
  return pagesOptions<ConversationInstance>(
    conversationKeys.contactList(id ?? '', params, client.scope),
    id === undefined
      ? id
      : (page, options) => extra(client, 'contact').conversation.list(id, { ...params, ...page }, options),
    { take: params.take },
    { operation: 'contact.conversations' },
  )
}
