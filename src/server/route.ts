import type { Answer, Call } from './call.ts'
import type { Operation } from './operations.ts'
import type { Schema } from './schema.ts'

/** What one operation does. */
export interface Route {
  /** Whether `Accept` chooses how it answers. */
  streams: boolean
  /** `ignored`: it must be JSON by name, and is not looked at. `raw`: the route reads it itself, unless it is JSON. */
  body: 'none' | 'json' | 'ignored' | 'raw'
  answer(call: Call, body: unknown): Promise<Answer> | Answer
}

export type Routes = Partial<Record<Operation, Route>>

type Handler = (call: Call) => Promise<Answer> | Answer

export const get = (answer: Handler): Route => ({ streams: false, body: 'none', answer })
export const getList = (answer: Handler): Route => ({ streams: true, body: 'none', answer })
export const postAnything = (answer: Handler): Route => ({ streams: false, body: 'ignored', answer })
export const postRaw = (answer: Route['answer']): Route => ({ streams: false, body: 'raw', answer })

export function post<T>(schema: Schema<T>, answer: (call: Call, body: T) => Promise<Answer> | Answer): Route {
  return { streams: false, body: 'json', answer: (call, body) => answer(call, schema.parse(body, '')) }
}

export function postStream<T>(schema: Schema<T>, answer: (call: Call, body: T) => Promise<Answer> | Answer): Route {
  return { ...post(schema, answer), streams: true }
}
