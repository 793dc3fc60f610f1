import { ConversationError } from '../transport/index.ts'

/** What few talks need: how to go on after a failure, or to take an answer back. Every run asks for it, so that it is there by then. */
export const laterSteps = () =>
  import('./go-on.ts').catch((cause: unknown) => {
    throw new ConversationError({ code: 'NETWORK', message: 'Check the network, then try again.', cause })
  })
