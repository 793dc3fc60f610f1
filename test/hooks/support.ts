import { cleanup } from '@testing-library/react'
import { afterEach } from 'vitest'
import type { ConversationServer } from '../../src/server/index.ts'

/** What was asked of the server, in order. */
export const operations = (server: ConversationServer): string[] => server.requests.map((request) => request.operation)

/** How often one thing was asked. */
export const count = (server: ConversationServer, operation: string): number =>
  operations(server).filter((name) => name === operation).length

/** What is stored of a talk, as `type: text`. */
export const talk = (server: ConversationServer, conversationId: string): string[] =>
  server
    .snapshot()
    .messages[conversationId]!.filter(({ type }) => type === 'user' || type === 'bot')
    .map(({ type, text }) => `${type}: ${text}`)

/** Rows as `role: text`. */
export const rows = (messages: readonly { role: string; text: string }[]): string[] =>
  messages.map(({ role, text }) => `${role === 'user' ? 'user' : 'bot'}: ${text}`)

/** A promise and the hands to end it. */
export function deferred<T = void>() {
  let resolve!: (value: T) => void
  let reject!: (reason: unknown) => void
  const promise = new Promise<T>((yes, no) => {
    resolve = yes
    reject = no
  })
  return { promise, resolve, reject }
}

// Each test begins with an empty page.
afterEach(cleanup)
