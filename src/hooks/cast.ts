import type { ConversationKit } from '../provider/index.ts'
import { castVote, keyOfVote, named } from '../queries/index.ts'
import type { Vote, VoteTarget, VoteVariables } from '../queries/index.ts'
import { forgetVote, noteVote, voteKey } from '../store/index.ts'
import type { ConversationError } from '../transport/index.ts'
import { idAt } from './idAt.ts'
import { isLost, isOnline, online } from './network.ts'
import { onTheirWay, OVERTAKEN, pendingOn } from './votes.ts'

/** Sends a vote when its message has an id and there is a network, unless a newer one has overtaken it by then. */
export async function cast(
  kit: ConversationKit,
  line: string,
  variables: VoteVariables,
  noted: VoteTarget | undefined,
): Promise<{ id: string }> {
  const { store, client, queryClient } = kit
  const { conversationId, messageId } = variables
  const id = messageId === undefined ? undefined : await idAt(store, conversationId, messageId)
  const target = { conversationId, messageId: id }
  if (!noted) noteVote(store, { ...variables, ...target })
  // Somebody may have voted on the same thing since, or taken the vote back.
  const last = () => pendingOn(queryClient, line) === variables
  try {
    for (;;) {
      await online()
      // Without its note the store was reset: somebody else may be here now.
      if (!last() || !store.getState().votes[voteKey(target)]) return OVERTAKEN
      onTheirWay.add(variables)
      try {
        const answer = await named(castVote(client, target, variables))
        queryClient.setQueryData<Vote>(keyOfVote(target, client.scope), variables.vote)
        return answer
      } catch (error) {
        // The network went away under it: then it is sent again.
        if (isOnline() || !isLost(error as ConversationError)) throw error
      } finally {
        onTheirWay.delete(variables)
      }
    }
  } finally {
    if (last()) forgetVote(store, target)
  }
}
