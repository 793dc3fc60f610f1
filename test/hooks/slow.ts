import { vi } from 'vitest'
import type { ConversationServer } from '../../src/server/index.ts'
import { deferred } from './support.ts'

/** Lets requests of one path wait before the server sees them. */
export function hold(server: ConversationServer, path: string) {
  const gate = deferred()
  const answer = server.fetch.bind(server)
  server.fetch = async (request) => {
    if (request.url.includes(path)) await gate.promise
    return answer(request)
  }
  return gate
}

/** A streamed list that a test hands over line by line. */
export interface Drip {
  /** Hands over the next lines. */
  give: (lines: number) => void
  /** Hands over the rest, and that was it. */
  end: () => void
  /** The connection breaks. */
  cut: () => void
  /** Whether the reader has gone. */
  left: boolean
}

/** From now on, every streamed list of the server waits for the test. The lists that were asked for, in order. */
export function dripLists(server: ConversationServer): Drip[] {
  const drips: Drip[] = []
  const answer = server.fetch.bind(server)
  server.fetch = async (request) => {
    const response = await answer(request)
    if (request.headers.get('accept') !== 'application/jsonl' || !response.ok) return response
    const lines = (await response.text()).split('\n').filter((line) => line !== '')
    let controller!: ReadableStreamDefaultController<Uint8Array>
    const give = (count: number) => {
      for (const line of lines.splice(0, count)) controller.enqueue(new TextEncoder().encode(`${line}\n`))
    }
    const drip: Drip = {
      give,
      end: () => {
        give(lines.length)
        controller.close()
      },
      cut: () => controller.error(new TypeError('terminated')),
      left: false,
    }
    const body = new ReadableStream<Uint8Array>({
      start: (started) => void (controller = started),
      cancel: () => void (drip.left = true),
    })
    drips.push(drip)
    return new Response(body, response)
  }
  return drips
}

/** The list that was asked for as number `index`, once it was. */
export const dripAt = (drips: Drip[], index: number): Promise<Drip> =>
  vi.waitUntil(() => drips[index], { timeout: 10_000, interval: 5 })
