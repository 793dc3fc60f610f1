import { idOfRow } from '../store/index.ts'
import type { ChatStore } from '../store/index.ts'
import { ConversationError } from '../transport/index.ts'

/** The server's id of a row, when it has one. Fails when nobody is going to know it. */
export function idAt(store: ChatStore, conversationId: string, keyOrId: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const id = idOfRow(store.getState(), conversationId, keyOrId)
      if (id === undefined) return
      stop()
      if (id !== null) resolve(id)
      else reject(new ConversationError({ code: 'ABORTED', message: 'The message is gone.' }))
    }
    const stop = store.subscribe(look)
    look()
  })
}
