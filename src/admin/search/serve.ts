import type { SearchAnswer, SearchOptions } from './answer.ts'
import type { SearchDocument, SearchRef } from './documents.ts'
import type { SearchIndex, SearchStats } from './searchIndex.ts'

/** What the page says to an index, wherever that is. */
export type ToIndex =
  | { type: 'add'; documents: SearchDocument[] }
  | { type: 'remove'; refs: SearchRef[] }
  | { type: 'query'; id: number; text: string; options: SearchOptions }

/** What it hears from there. */
export type FromIndex =
  | { type: 'ready' }
  | { type: 'done'; stats: SearchStats }
  | { type: 'answer'; id: number; answer: SearchAnswer }
  | { type: 'failed'; id: number; message: string }

/** Does what is said, a document at a time, so that it can be interrupted in between. */
export function* serve(index: SearchIndex, message: ToIndex): Generator<undefined, FromIndex, undefined> {
  if (message.type === 'query') {
    const { id, text, options } = message
    try {
      return { type: 'answer', id, answer: index.query(text, options) }
    } catch (error) {
      return { type: 'failed', id, message: String(error) }
    }
  }
  const steps =
    message.type === 'add'
      ? message.documents.map((document) => () => index.add([document]))
      : message.refs.map((ref) => () => index.remove([ref]))
  for (const step of steps) {
    step()
    yield
  }
  return { type: 'done', stats: index.stats }
}

/** Does all of it at once, where nobody waits for the thread. */
export function serveAtOnce(index: SearchIndex, message: ToIndex): FromIndex {
  const work = serve(index, message)
  let step = work.next()
  while (!step.done) step = work.next()
  return step.value
}
