import { randomText } from '../ids.ts'
import { findConversation } from '../lookup.ts'
import { post } from '../route.ts'
import { sessionCreate } from '../schemas.ts'
import type { Routes } from '../route.ts'

const DEFAULT_SECONDS = 3600

export const sessionRoutes: Routes = {
  'session.create': post(sessionCreate, async (call, { durationInSeconds }) => {
    const { id, owner } = await findConversation(call)
    const { storage, now, newId } = call.house
    const createdAt = now()
    const expiresAt = createdAt + (durationInSeconds ?? DEFAULT_SECONDS) * 1000
    const token = `session.${newId('session')}.${randomText(32)}`
    await storage.sessions.create({ token, owner, conversationId: id, createdAt, expiresAt })
    return { json: { id, token, expiresAt } }
  }),
}
