import { describe, expect, test } from 'vitest'
import { streamResponse } from '../../src/server/stream-response.ts'
import { until } from './upstream.ts'

async function* tokens(...texts: string[]) {
  for (const token of texts) yield { type: 'token', data: { token } }
}

const lines = (text: string) =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line): unknown => JSON.parse(line))

describe('streamResponse', () => {
  test('hands on each event as one line and one chunk', async () => {
    const response = streamResponse(tokens('a\nb', '✓'))
    expect(Object.fromEntries(response.headers)).toMatchObject({ 'content-type': 'application/jsonl' })
    const chunks: string[] = []
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) chunks.push(chunk)
    expect(chunks).toEqual(['{"type":"token","data":{"token":"a\\nb"}}\n', '{"type":"token","data":{"token":"✓"}}\n'])
  })

  test('keeps the status and headers it is given', async () => {
    const response = streamResponse(tokens(), {
      status: 201,
      headers: { 'content-type': 'text/plain', 'cache-control': 'private', 'x-accel-buffering': 'yes', 'x-a': 'b' },
    })
    expect(response.status).toBe(201)
    expect(Object.fromEntries(response.headers)).toEqual({
      'content-type': 'text/plain',
      'cache-control': 'private',
      'x-accel-buffering': 'yes',
      'x-a': 'b',
    })
    expect(await response.text()).toBe('')
  })

  test('leaves out what JSON cannot hold instead of sending a blank line', async () => {
    async function* source() {
      yield undefined
      yield { type: 'nop', data: {} }
    }
    expect(await streamResponse(source()).text()).toBe('{"type":"nop","data":{}}\n')
  })

  test('asks a completion for its stream with a signal under both names', async () => {
    const given: unknown[] = []
    const completion = {
      stream(options?: { signal?: AbortSignal; abortSignal?: AbortSignal }) {
        given.push(options?.signal === options?.abortSignal, options?.signal?.aborted)
        return tokens('a')
      },
    }
    expect(lines(await streamResponse(completion).text())).toHaveLength(1)
    expect(given).toEqual([true, false])
  })

  test('asks for no event before the last one is read', async () => {
    let asked = 0
    async function* source() {
      for (;;) yield { n: ++asked }
    }
    const reader = streamResponse(source()).body!.getReader()
    await new Promise((resolve) => setTimeout(resolve, 10))
    expect(asked).toBe(0)
    await reader.read()
    await new Promise((resolve) => setTimeout(resolve, 10))
    expect(asked).toBe(1)
    await reader.cancel()
  })

  test('stops the source when the reader leaves', async () => {
    let signal: AbortSignal | undefined
    let ended = false
    const completion = {
      async *stream(options?: { signal?: AbortSignal }) {
        signal = options?.signal
        try {
          yield { type: 'nop', data: {} }
          yield { type: 'nop', data: {} }
        } finally {
          ended = true
        }
      },
    }
    const reader = streamResponse(completion).body!.getReader()
    await reader.read()
    await reader.cancel()
    expect(signal?.aborted).toBe(true)
    await until(() => ended)
  })

  test('cuts the stream when the signal aborts while the source waits', async () => {
    const stop = new AbortController()
    const completion = {
      async *stream(options?: { signal?: AbortSignal }) {
        yield { type: 'nop', data: {} }
        await new Promise((_, reject) => options?.signal?.addEventListener('abort', () => reject(new Error('gone'))))
      },
    }
    const body = streamResponse(completion, { signal: stop.signal }).text()
    setTimeout(() => stop.abort(), 5)
    await expect(body).rejects.toThrow(/abort/i)
  })

  test('opens nothing for a reader who has left already', async () => {
    let opened = false
    const completion = {
      stream() {
        opened = true
        return tokens('a')
      },
    }
    await expect(streamResponse(completion, { signal: AbortSignal.abort() }).text()).rejects.toThrow(/abort/i)
    expect(opened).toBe(false)
  })

  test('ends with an error line after what came before it', async () => {
    const known = Object.assign(new Error('The model is busy.'), { name: 'ConversationError', code: 'STREAM_ERROR' })
    for (const [error, data] of [
      [known, { message: 'The model is busy.', code: 'STREAM_ERROR' }],
      [new Error('password is hunter2'), { message: 'Something went wrong', code: 'GENERIC_ERROR' }],
      [null, { message: 'Something went wrong', code: 'GENERIC_ERROR' }],
    ] as const) {
      const source = async function* () {
        yield* tokens('half')
        throw error
      }
      expect(lines(await streamResponse(source()).text())).toEqual([
        { type: 'token', data: { token: 'half' } },
        { type: 'error', data },
      ])
    }
  })

  test('ends with an error line when the stream cannot be opened', async () => {
    const completion = {
      stream(): AsyncIterable<unknown> {
        throw new Error('no')
      },
    }
    expect(lines(await streamResponse(completion).text())).toMatchObject([{ type: 'error' }])
  })
})
