import type { ConversationCompleteRequest, Entity } from '../protocol/index.ts'
import type { ChatMessage } from './message.ts'
import type { ChatState, ChatStore } from './store.ts'
import { replaced } from './threads.ts'

/** What is asked for beside the user's words. */
export type RunRequest = Partial<ConversationCompleteRequest> & { entities?: Entity[] }

/** A message that was said and waits: for the reply under way to end, or for the network. */
export interface QueuedMessage {
  /** Its row, which it keeps when it is sent. */
  row: ChatMessage
  request: RunRequest
  /** Sends it. Missing after a reload, until a chat of its conversation is shown. */
  send?: () => void
  /** Tells who waits for its reply that there is none. */
  drop?: () => void
}

/** A vote that was cast and is not confirmed. */
export interface WaitingVote {
  conversationId: string
  messageId?: string
  vote: 'up' | 'down'
  value?: number
  reason?: string
  /** Left by a page that is gone; sent when its buttons are shown. */
  restored?: boolean
}

const NONE: readonly QueuedMessage[] = []

/** What waits under an id: of a conversation, or the local id of one that is not created yet. */
export const queueOf = (state: ChatState, thread: string): readonly QueuedMessage[] =>
  state.queued[state.created[thread] ?? thread] ?? NONE

/** Changes what waits. The store keeps no empty queues. */
export function changeQueue(
  store: ChatStore,
  thread: string,
  change: (queue: readonly QueuedMessage[]) => readonly QueuedMessage[],
): void {
  store.setState((state) => {
    const id = state.created[thread] ?? thread
    const after = change(queueOf(state, thread))
    return { queued: replaced(state.queued, id, after.length > 0 ? after : undefined) }
  })
}

type VoteOf = Pick<WaitingVote, 'conversationId' | 'messageId'>

/** By what a vote is found in the store. */
export const voteKey = ({ conversationId, messageId }: VoteOf): string => JSON.stringify([conversationId, messageId])

/** Notes a vote that is not confirmed yet. */
export const noteVote = (store: ChatStore, vote: WaitingVote): void =>
  store.setState(({ votes }) => ({ votes: { ...votes, [voteKey(vote)]: vote } }))

/** Takes the note away. */
export const forgetVote = (store: ChatStore, target: VoteOf): void =>
  store.setState(({ votes }) => ({ votes: replaced(votes, voteKey(target), undefined) }))

/** Sends what waits, the oldest first. Nothing may be under way. */
export const sendNext = (store: ChatStore, thread: string): void => queueOf(store.getState(), thread)[0]?.send?.()

/** Takes messages back before they are sent: one by its key, or all of a thread. */
export function cancelQueued(store: ChatStore, thread: string, key?: string): void {
  const gone = queueOf(store.getState(), thread).filter(({ row }) => key === undefined || row.key === key)
  changeQueue(store, thread, (queue) => queue.filter((message) => !gone.includes(message)))
  for (const { drop } of gone) drop?.()
}
