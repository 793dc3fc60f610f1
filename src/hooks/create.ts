import type { ConversationCreateRequest } from '../protocol/index.ts'
import { createOptions } from '../queries/index.ts'
import type { MessagePages } from '../queries/index.ts'
import { nameThread } from '../store/index.ts'
import { observed } from './exchange.ts'
import { messagesKey } from './settle.ts'
import { conversationIdOf } from './thread.ts'
import type { Thread } from './thread.ts'

const creating = new Map<string, Promise<string>>()

/** The id of a thread's conversation. It becomes one only, also when the first message was stopped while that was being created. */
export async function createOnce(thread: Thread): Promise<string> {
  const { id } = thread
  const stored = conversationIdOf(thread)
  if (stored !== null) return stored
  const created = creating.get(id) ?? create(thread).finally(() => creating.delete(id))
  creating.set(id, created)
  return created
}

/** Creates the conversation of a thread that has none. */
async function create({ kit, id, options }: Thread): Promise<string> {
  const { create: request = {}, initialMessages = [], onConversationCreated } = options()
  const body: ConversationCreateRequest =
    initialMessages.length > 0 ? { ...request, messages: [...initialMessages] } : request
  const created = await observed(kit, createOptions(kit.client), body)
  // Nothing was said in it before, so nothing has to be read.
  kit.queryClient.setQueryData<MessagePages>(messagesKey(kit, created.id), {
    pages: [{ items: [] }],
    pageParams: [undefined],
  })
  nameThread(kit.store, id, created.id)
  onConversationCreated?.(created.id)
  return created.id
}
