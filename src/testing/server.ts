import { createConversationServer } from '../server/index.ts'
import type { ConversationServer, ConversationServerOptions } from '../server/index.ts'
import { TEST_TIME } from './builders.ts'

const PREFIXES = { conversation: 'c', message: 'm', session: 's' } as const

/**
 * The local API for one test: ids are `c1`, `c2`, …, `m1`, `m2`, …, the clock stands still, nothing is delayed, and a second vote
 * counts. Everything can be set otherwise.
 */
export function createTestServer(options: ConversationServerOptions = {}): ConversationServer {
  const next = { conversation: 0, message: 0, session: 0 }
  // Ids that the test has given itself are not given again.
  const taken = new Set<string | undefined>()
  for (const { id, messages = [] } of options.conversations ?? []) {
    taken.add(id)
    for (const message of messages) taken.add(message.id)
  }
  const generateId = (kind: keyof typeof PREFIXES): string => {
    let id: string
    do id = `${PREFIXES[kind]}${(next[kind] += 1)}`
    while (taken.has(id))
    return id
  }
  const server = createConversationServer({ now: () => TEST_TIME, generateId, voteWindow: 0, ...options })
  const hold = server.holdReply.bind(server)
  server.holdReply = () => {
    const reply = hold()
    const cut = async () => {
      // A stream that breaks drops what was not read; what a test has written before the cut is to arrive.
      await new Promise((resolve) => setTimeout(resolve, 0))
      await reply.cut()
    }
    return { ...reply, cut }
  }
  return server
}
