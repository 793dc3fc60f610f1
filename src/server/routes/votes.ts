import { castActivities } from '../events.ts'
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
  'conversation.upvote': post(upvote, (call, body) => voteConversation(call, 100, body)),
  'conversation.downvote': post(downvote, (call, body) => voteConversation(call, -100, body)),
  'message.upvote': post(upvote, (call, body) => voteMessage(call, 100, body)),
  'message.downvote': post(downvote, (call, body) => voteMessage(call, -100, body)),
}

async function voteConversation(call: Call, value: number, body: VoteBody) {
  const conversation = await findConversation(call)
  await cast(call, conversation, null, { value, ...body })
  return { json: { id: conversation.id } }
}

async function voteMessage(call: Call, value: number, body: VoteBody) {
  const { conversation, message } = await findMessage(call)
  await cast(call, conversation, message.id, { value, ...body })
  return { json: { id: message.id } }
}

/** One rating and two messages that record it; nothing when it comes too soon after another one. */
async function cast(
  call: Call,
  conversation: ConversationRecord,
  messageId: string | null,
  { value, reason }: { value: number; reason?: string | null },
): Promise<void> {
  const { storage, options, now, newId, voted } = call.house
  const createdAt = now()
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
    castActivities(messageId === null ? 'conversation' : 'message', value, reason ?? null).map((message) =>
      Object.assign(message, { id: newId('message') }),
    ),
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
