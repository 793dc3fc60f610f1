import type { ChatMessage } from '../../hooks/index.ts'

/** How the answers of a conversation went, as far as its messages tell. */
export interface Answers {
  /** Milliseconds from each question to its answer, the shortest first. */
  times: number[]
  cutOff: number
  stopped: number
  failed: number
}

/**
 * Looks through the rows of a thread, the oldest first. A question is stored when it is asked and its answer when it is whole, so
 * between them lies what the answer took. Only the server's times are compared.
 */
export function answersOf(rows: readonly ChatMessage[]): Answers {
  const answers: Answers = { times: [], cutOff: 0, stopped: 0, failed: 0 }
  let asked: number | undefined
  for (const { role, id, status, createdAt, end } of rows) {
    if (role === 'user') asked = id === null ? undefined : createdAt
    if (role !== 'assistant') continue
    if (end === 'length') answers.cutOff += 1
    if (status === 'stopped') answers.stopped += 1
    if (status === 'failed') answers.failed += 1
    if (status === 'sent' && id !== null && asked !== undefined && createdAt >= asked)
      answers.times.push(createdAt - asked)
    asked = undefined
  }
  answers.times.sort((a, b) => a - b)
  return answers
}

/** The one in the middle, of two the mean; `undefined` of none. */
export function medianOf(sorted: readonly number[]): number | undefined {
  if (sorted.length === 0) return undefined
  const middle = (sorted.length - 1) / 2
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2
}
