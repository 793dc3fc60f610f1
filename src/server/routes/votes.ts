import { findConversation, findMessage } from '../lookup.ts'
import { post } from '../route.ts'
import { downvote, upvote } from '../schemas.ts'
import type { Call } from '../call.ts'
import type { Routes } from '../route.ts'
import type { ConversationRecord } from '../storage/storage.ts'

const VOTE_WINDOW_MS = 3_600_000

interface VoteBody {
  value?: number
  reason?: string | null
}

export const voteRoutes: Routes = {
  'conversation.upvote': post(upvote, (call, body) => voteConversation(call, 'upvoteConversation', 100, body)),
  'conversation.downvote': post(downvote, (call, body) => voteConversation(call, 'downvoteConversation', -100, body)),
  'message.upvote': post(upvote, (call, body) => voteMessage(call, 'upvoteMessage', 100, body)),
  'message.downvote': post(downvote, (call, body) => voteMessage(call, 'downvoteMessage', -100, body)),
}

async function voteConversation(call: Call, name: string, value: number, body: VoteBody) {
  const conversation = await findConversation(call)
  await cast(call, conversation, null, name, { value, ...body })
  return { json: { id: conversation.id } }
}

async function voteMessage(call: Call, name: string, value: number, body: VoteBody) {
  const { conversation, message } = await findMessage(call)
  await cast(call, conversation, message.id, name, { value, ...body })
  return { json: { id: message.id } }
}

/** One rating and two messages that record it; nothing when it comes too soon after another one. */
async function cast(
  call: Call,
  conversation: ConversationRecord,
  messageId: string | null,
  name: string,
  { value, reason }: { value: number; reason?: string | null },
): Promise<void> {
  const { storage, options, now, newId, voted } = call.house
  const createdAt = now()
  const called = { name, arguments: reason ? { reason } : {} }
  const activities = [
    { type: 'request', function: called },
    { type: 'response', function: { ...called, result: 'no result' } },
  ]
  const counted = await storage.ratings.cast(
    {
      id: newId(),
      owner: conversation.owner,
      value,
      reason: reason ?? null,
      conversationId: conversation.id,
      messageId,
      botId: conversation.botId,
      contactId: conversation.contactId,
      createdAt,
      updatedAt: createdAt,
    },
    activities.map((activity) => ({ id: newId('message'), type: 'activity', text: '', meta: { activity } })),
    options.voteWindow ?? VOTE_WINDOW_MS,
  )
  if (!counted) return
  voted({
    conversationId: conversation.id,
    ...(messageId === null ? {} : { messageId }),
    value,
    ...(reason ? { reason } : {}),
  })
}
