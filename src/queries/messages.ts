import type { InfiniteData } from '@tanstack/react-query'
import type { MessageInstance } from '../protocol/index.ts'
import type { QueryTransport } from './conversations.ts'
import { keyOfMessages } from './keys.ts'
import { pagesOptions } from './options.ts'
import type { PageOptions } from './options.ts'

/** A page of messages, the newest first. */
export interface MessagePage {
  items: MessageInstance[]
  cursor?: string
}

/** The messages of a conversation as the cache keeps them: the newest page first, each page the newest message first. */
export type MessagePages = InfiniteData<MessagePage, string | undefined>

/** The messages of a conversation: the newest page, then older ones. */
export const messagesOptions = (client: QueryTransport, id: string | undefined, options: PageOptions = {}) =>
  pagesOptions<MessageInstance>(
    keyOfMessages(id ?? '', client.scope),
    id === undefined ? id : (page, call) => client.message.list(id, { order: 'desc', ...page }, call),
    options,
    { operation: 'message.list', conversationId: id, take: options.take },
  )
