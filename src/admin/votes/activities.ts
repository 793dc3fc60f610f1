import type { MessageInstance } from '../../protocol/index.ts'

/** A vote as its conversation remembers it: not on which message, nor by whom. */
export interface ToldVote {
  conversationId: string
  /** Whether a message was voted on, or the conversation as a whole. */
  on: 'message' | 'conversation'
  vote: 'up' | 'down'
  reason?: string
  createdAt: number
}

const NAMES: Record<string, Pick<ToldVote, 'on' | 'vote'>> = {
  upvoteMessage: { on: 'message', vote: 'up' },
  downvoteMessage: { on: 'message', vote: 'down' },
  upvoteConversation: { on: 'conversation', vote: 'up' },
  downvoteConversation: { on: 'conversation', vote: 'down' },
}

/**
 * The votes that messages of a conversation tell of, the oldest first. A vote leaves two activities, the request and its answer;
 * they count once, also where only one of them is there.
 */
export function votesToldBy(conversationId: string, messages: readonly MessageInstance[]): ToldVote[] {
  const told: ToldVote[] = []
  const open = new Map<string, number>()
  const activities = messages.filter(({ type }) => type === 'activity')
  for (const { meta, createdAt } of activities.toSorted((a, b) => a.createdAt - b.createdAt)) {
    const activity = recordOf(meta?.activity)
    const called = recordOf(activity?.function)
    const name = String(called?.name)
    const kind = Object.hasOwn(NAMES, name) && NAMES[name]
    if (!kind) continue
    const waiting = open.get(name) ?? 0
    if (activity!.type === 'response' && waiting > 0) {
      open.set(name, waiting - 1)
      continue
    }
    if (activity!.type === 'request') open.set(name, waiting + 1)
    const reason = recordOf(called!.arguments)?.reason
    told.push({ conversationId, ...kind, ...(typeof reason === 'string' && reason && { reason }), createdAt })
  }
  return told
}

const recordOf = (value: unknown): Record<string, unknown> | undefined =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
