import { sendable } from './queue.ts'
import { refusal } from './thread.ts'
import type { Thread } from './thread.ts'

/** Takes over what a page that is gone has left: from now on it can be sent. */
export function adopt(thread: Thread): void {
  thread.kit.store.setState(({ created, live, queued }) => {
    const id = created[thread.id] ?? thread.id
    const turn = live[id]
    // Whether it was stored cannot be looked up: the reader decides.
    const unsure = turn?.restored && !thread.history && !thread.stateless
    const error = unsure && refusal('Nobody knows whether this message arrived. Send it again if it is missing.')
    const queue = queued[id]?.map((message) => (message.send ? message : sendable(thread, message)))
    return {
      ...(error && { live: { ...live, [id]: { ...turn, restored: false, error } } }),
      ...(queue && { queued: { ...queued, [id]: queue } }),
    }
  })
}
