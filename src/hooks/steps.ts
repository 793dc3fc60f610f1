import type { ConversationKit } from '../provider/index.ts'
import { ConversationError } from '../transport/index.ts'

/**
 * What nobody needs before somebody has spoken: creating the conversation, handing a reply over to the cache, answering its calls,
 * going on after a failure, asking for another answer; and what only few need. A chat asks for it once it is seen, and every run as it
 * begins. One file of it: of what several downloads share, bundlers make a file for each set of them.
 */
export const laterSteps = () =>
  import('./later-steps.ts').catch((cause: unknown) => {
    throw new ConversationError({ code: 'NETWORK', message: 'Check the network, then try again.', cause })
  })

/** Brings what the server has stored since into the cache. What cannot be asked for now stays in the store as it is. */
export const mergeStored = (kit: ConversationKit, conversationId: string): Promise<void> =>
  laterSteps()
    .then(({ mergeNewest }) => mergeNewest(kit, conversationId))
    .catch(() => {})
