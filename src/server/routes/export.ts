import { listing } from '../listing.ts'
import { omit } from '../omit.ts'
import { showConversation, showMessage } from '../records.ts'
import { getList } from '../route.ts'
import type { Routes } from '../route.ts'

export const exportRoutes: Routes = {
  'conversation.export': getList((call) => {
    const { storage } = call.house
    return listing(
      call,
      (query) => storage.conversations.list(query),
      async (record) => {
        const conversation = omit(showConversation(record), 'privacy', 'moderation', 'expiresAt')
        const spoken = { conversationId: record.id, order: 'asc', types: ['user', 'bot'] } as const
        return { ...conversation, messages: (await storage.messages.list(spoken)).map(showMessage) }
      },
    )
  }),
}
