import type { QueryClient } from '@tanstack/react-query'
import type { MessageInstance } from '../../protocol/index.ts'
import { conversationKeys, named } from '../../queries/index.ts'
import type { QueryTransport, Vote } from '../../queries/index.ts'
import { iterateAll } from '../../transport/index.ts'
import { votesToldBy } from '../votes/activities.ts'
import type { ExportedConversation, ExportedVote } from './formats.ts'

/** Reads a conversation, all its messages, and the votes that they and the cache know of. */
export async function readConversation(
  client: QueryTransport,
  queryClient: QueryClient,
  id: string,
  signal: AbortSignal,
): Promise<ExportedConversation> {
  const conversation = await named(client.fetch(id, { signal }))
  const messages: MessageInstance[] = []
  const all = iterateAll((page) => named(client.message.list(id, { order: 'asc', ...page }, { signal })))
  for await (const message of all) messages.push(message)
  const votes = votesOf(queryClient, client.scope, id, messages)
  return { ...conversation, messages, ...(votes.length > 0 && { votes }) }
}

/** Messages tell of votes, but not on which message: that is known of those cast from here. */
function votesOf(
  queryClient: QueryClient,
  scope: string | undefined,
  conversationId: string,
  messages: readonly MessageInstance[],
): ExportedVote[] {
  const told = votesToldBy(conversationId, messages).map(({ on, vote, reason, createdAt }) => ({
    on,
    vote: { vote, ...(reason !== undefined && { reason }), createdAt } as ExportedVote,
  }))
  for (const messageId of [undefined, ...messages.map(({ id }) => id)]) {
    const cast = queryClient.getQueryData<Vote>(conversationKeys.vote({ conversationId, messageId }, scope))
    if (!cast) continue
    const on = messageId === undefined ? 'conversation' : 'message'
    // The newest one of its kind is the one that was cast from here.
    const same = told.findLast((one) => one.on === on && one.vote.vote === cast && one.vote.messageId === undefined)
    if (!same) told.push({ on, vote: { vote: cast, ...(messageId !== undefined && { messageId }) } })
    else if (messageId !== undefined) same.vote.messageId = messageId
  }
  return told.map(({ vote }) => vote)
}
