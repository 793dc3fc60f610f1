import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { serve, type ServeOptions, type Serving } from '../../src/server/node/index.ts'
import {
  ConversationClient,
  type ConversationClientOptions,
  type ConversationStreamEvent,
} from '../../src/transport/index.ts'
import { watchRejections } from '../support/rejections.ts'

watchRejections()

let serving: Serving | undefined
afterEach(async () => {
  await serving?.close(0)
  serving = undefined
})

interface House {
  client: ConversationClient
  id: string
  /** Types and texts of what is stored. */
  stored: () => Promise<string[]>
}

async function open(reply: ServeOptions['reply'], options: Partial<ConversationClientOptions> = {}): Promise<House> {
  serving = await serve({ file: null, port: 0, env: {}, reply })
  const client = new ConversationClient({ baseUrl: serving.url, retries: 0, ...options })
  const { id } = await client.create({})
  return {
    client,
    id,
    stored: async () => (await client.message.list(id)).items.map(({ type, text }) => `${type}: ${text}`),
  }
}

const until = async (good: () => boolean | Promise<boolean>) => {
  for (const end = performance.now() + 2000; !(await good());) {
    expect(performance.now(), 'it never came true').toBeLessThan(end)
    await sleep(10)
  }
}

/** Says a word every few milliseconds, and notes when it was stopped. */
function endless() {
  const state = { stopped: false, said: 0 }
  const reply: ServeOptions['reply'] = async function* ({ signal, sleep: pause }) {
    signal.addEventListener('abort', () => {
      state.stopped = true
    })
    for (;;) {
      state.said += 1
      yield `word${state.said} `
      await pause(5)
    }
  }
  return { state, reply }
}

async function readUntil(stream: AsyncIterable<ConversationStreamEvent>, count: number): Promise<string> {
  let text = ''
  let seen = 0
  for await (const event of stream) {
    if (event.type === 'token') {
      text += event.data.token
      seen += 1
      if (seen === count) {
        break
      }
    }
  }
  return text
}

describe('the real client with the real server, over a real port', () => {
  test('a reader who leaves ends the run, and what was said is kept once', async () => {
    const { state, reply } = endless()
    const { client, id, stored } = await open(reply)
    const text = await readUntil(client.complete(id, { text: 'Go' }).stream(), 3)
    await until(() => state.stopped)
    const said = state.said
    await sleep(30)
    expect(state.said, 'nobody pays for words that nobody reads').toBe(said)
    await until(async () => (await stored()).length === 2)
    const [question, answer] = await stored()
    expect(question).toBe('user: Go')
    expect(answer).toMatch(new RegExp(`^bot: ${text}`))
  })

  test('a reader who presses stop ends the run too', async () => {
    const { state, reply } = endless()
    const { client, id, stored } = await open(reply)
    const controller = new AbortController()
    setTimeout(() => controller.abort(), 100)
    const reading = readUntil(client.complete(id, { text: 'Go' }, { signal: controller.signal }).stream(), 10_000)
    await expect(reading).rejects.toMatchObject({ code: 'ABORTED', partial: expect.stringMatching(/^word1 word2 /) })
    await until(() => state.stopped)
    await until(async () => (await stored()).length === 2)
  })

  test('a reader who stops a plain call ends the run too', async () => {
    const { state, reply } = endless()
    const { client, id } = await open(reply)
    await expect(
      Promise.resolve(client.complete(id, { text: 'Go' }, { signal: AbortSignal.timeout(100) })),
    ).rejects.toMatchObject({ code: 'TIMEOUT' })
    await until(() => state.stopped)
  })

  test('a slow reader gets every word of a long answer', async () => {
    const words = Array.from({ length: 3000 }, (_, n) => `${n} ${'x'.repeat(200)} `)
    const { client, id } = await open(words)
    let text = ''
    let last: unknown
    for await (const event of client.complete(id, { text: 'Go' }).stream()) {
      if (event.type === 'token') {
        text += event.data.token
        if (text.length % 20_000 < 210) {
          await sleep(10)
        }
      }
      last = event
    }
    expect(text).toBe(words.join(''))
    expect(last).toMatchObject({ type: 'result', data: { text } })
  })

  test('twenty readers at once each get their own answer', async () => {
    const { client } = await open(async function* ({ text, sleep: pause }) {
      for (const letter of text) {
        yield letter
        await pause(1)
      }
    })
    const texts = Array.from({ length: 20 }, (_, n) => `answer number ${n}`)
    const answers = await Promise.all(
      texts.map(async (text) => {
        const { id } = await client.create({})
        return readUntil(client.complete(id, { text }).stream(), Infinity)
      }),
    )
    expect(answers).toEqual(texts)
  })

  test('a message sent again with the same id is one message, and its answer the same', async () => {
    let runs = 0
    const { client, id, stored } = await open(async function* () {
      runs += 1
      yield `run ${runs}`
    })
    const once = { clientMessageId: 'my-message-1' }
    const first = await client.complete(id, { text: 'Hello' }, once)
    const again = await client.complete(id, { text: 'Hello' }, once)
    expect(again).toEqual(first)
    expect(await stored()).toEqual(['user: Hello', 'bot: run 1'])
    expect(await client.complete(id, { text: 'Hello' }, { clientMessageId: 'my-message-2' })).toMatchObject({
      text: 'run 2',
    })
  })

  test('a message sent twice at once with the same id is one message', async () => {
    const { client, id, stored } = await open(async function* ({ sleep: pause }) {
      yield 'Hi '
      await pause(50)
      yield 'there'
    })
    const once = { clientMessageId: 'my-message-1' }
    const [one, two] = await Promise.all([
      readUntil(client.complete(id, { text: 'Hello' }, once).stream(), Infinity),
      readUntil(client.complete(id, { text: 'Hello' }, once).stream(), Infinity),
    ])
    expect([one, two]).toEqual(['Hi there', 'Hi there'])
    expect(await stored()).toEqual(['user: Hello', 'bot: Hi there'])
  })

  test('a message whose answer was cut off is not doubled when it is sent again with its id', async () => {
    const { client, id, stored } = await open(async function* ({ sleep: pause }) {
      yield 'Half '
      await pause(100)
      yield 'an answer'
    })
    const once = { clientMessageId: 'my-message-1' }
    // The line breaks after the first word; the run ends with it.
    expect(await readUntil(client.complete(id, { text: 'Hello' }, once).stream(), 1)).toBe('Half ')
    await until(async () => (await stored()).length === 2)
    await readUntil(client.complete(id, { text: 'Hello' }, once).stream(), Infinity).catch(() => '')
    expect((await stored()).filter((line) => line.startsWith('user'))).toEqual(['user: Hello'])
  })

  test('opposite votes at once count once', async () => {
    const { client, id } = await open(['Hi'])
    const { id: messageId } = await client.complete(id, { text: 'Hello' })
    const votes = await Promise.all([
      client.message.upvote(id, messageId, {}),
      client.message.downvote(id, messageId, {}),
      client.message.upvote(id, messageId, {}),
    ])
    expect(votes).toEqual(Array.from({ length: 3 }, () => ({ id: messageId })))
    const { items } = await client.message.list(id)
    expect(items.filter(({ type }) => type === 'activity')).toHaveLength(2)
  })

  test('a conversation that is deleted while it is answered ends well', async () => {
    const { client, id } = await open(async function* ({ sleep: pause }) {
      yield 'one '
      await pause(80)
      yield 'two'
    })
    const reading = readUntil(client.complete(id, { text: 'Go' }).stream(), Infinity).catch(
      (error: { code: string }) => error.code,
    )
    await sleep(30)
    await client.delete(id)
    expect(['one two', 'NOT_FOUND', 'STREAM_INTERRUPTED']).toContain(await reading)
    await expect(Promise.resolve(client.message.list(id))).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test('a server that is stopped in the middle of an answer is an interruption that keeps the words', async () => {
    const { reply } = endless()
    const { client, id } = await open(reply)
    const seen: string[] = []
    const reading = (async () => {
      for await (const event of client.complete(id, { text: 'Go' }).stream()) {
        seen.push(event.type === 'token' ? event.data.token : '')
      }
    })()
    setTimeout(() => void serving?.close(0), 80)
    const failure: unknown = await reading.catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 'STREAM_INTERRUPTED', partial: seen.join('') })
    expect(seen.join('')).toMatch(/^word1 word2 /)
  })

  test('a model that fails in the middle keeps the words on both sides', async () => {
    const { client, id, stored } = await open(async function* () {
      yield 'Half '
      throw new Error('out of memory at secret-host:9000')
    })
    const failure: unknown = await readUntil(client.complete(id, { text: 'Go' }).stream(), Infinity).catch(
      (error: unknown) => error,
    )
    expect(failure).toMatchObject({ code: 'GENERIC_ERROR', partial: 'Half ' })
    expect(String(failure)).not.toContain('secret-host')
    expect(await stored()).toEqual(['user: Go', 'bot: Half '])
  })

  test('a model that thinks longer than the reader waits is a time-out', async () => {
    const { client, id } = await open(
      async function* ({ sleep: pause }) {
        await pause(500)
        yield 'Done'
      },
      { idleTimeout: 150 },
    )
    await expect(readUntil(client.complete(id, { text: 'Go' }).stream(), Infinity)).rejects.toMatchObject({
      code: 'TIMEOUT',
    })
  })
})
