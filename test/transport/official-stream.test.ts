import { ConversationClient as OfficialConversationClient } from '@chatbotkit/sdk/conversation/index.js'
import { describe, expect, test } from 'vitest'
import {
  ConversationClient,
  ConversationError,
  readStream,
  type ConversationStreamEvent,
} from '../../src/transport/index.ts'
import {
  cut,
  errorLine,
  json,
  jsonl,
  line,
  openFaultServer,
  pause,
  result,
  stall,
  text,
  token,
  wire,
  type Script,
} from '../support/fault-server.ts'
import { watchRejections } from '../support/rejections.ts'

watchRejections()

const said = [token('Half '), token('an ans')]

interface Case {
  name: string
  serve: Script
  words?: string
  /** Of the error. Without it the stream ends well. */
  code?: string
  /** Where the official client cannot tell. */
  officialCode?: string
  /** The reader stops so long after all that is said has come. */
  stopAfterMs?: number
}

/** What both clients have to make of it: whoever reads sees no difference. */
const CASES: Case[] = [
  { name: 'a whole answer', serve: jsonl(...said, result('Half an answer')), words: 'Half an ans' },
  { name: 'a cut', serve: jsonl(...said, cut), words: 'Half an ans', code: 'STREAM_INTERRUPTED' },
  { name: 'an end without a result', serve: jsonl(...said), words: 'Half an ans', code: 'STREAM_INTERRUPTED' },
  { name: 'an empty stream', serve: jsonl(), code: 'STREAM_INTERRUPTED' },
  {
    name: 'an error line',
    serve: jsonl(...said, errorLine({ code: 'MODEL_DOWN', message: 'The model is down' })),
    words: 'Half an ans',
    code: 'MODEL_DOWN',
  },
  {
    name: 'an error line and its result',
    serve: jsonl(
      ...said,
      errorLine({ message: 'Something went wrong' }),
      line({ type: 'result', data: { text: 'Half an ans', usage: { token: 1 }, end: { reason: 'error' } } }),
    ),
    words: 'Half an ans',
    code: 'STREAM_ERROR',
  },
  { name: 'a refusal', serve: json(404, { code: 'NOT_FOUND', message: 'Conversation not found' }), code: 'NOT_FOUND' },
  { name: 'a page', serve: text(403, 'text/html', '<html>'), code: 'NOT_AUTHORIZED', officialCode: 'GENERIC_ERROR' },
  {
    name: 'a line that is not JSON',
    serve: jsonl(...said, 'Hello there, said Ann\n'),
    words: 'Half an ans',
    code: 'STREAM_PARSE',
  },
  { name: 'a connection that closes without an answer', serve: wire(cut), code: 'NETWORK' },
  { name: 'a stop before the headers', serve: wire(stall), code: 'ABORTED', stopAfterMs: 60 },
  {
    name: 'a stop in the middle',
    serve: jsonl(...said, stall),
    words: 'Half an ans',
    code: 'ABORTED',
    stopAfterMs: 60,
  },
  {
    name: 'a stop before the first word',
    serve: jsonl(pause(5), stall),
    code: 'ABORTED',
    stopAfterMs: 60,
  },
]

const CLIENTS = [
  {
    whose: 'ours',
    connect: (baseUrl: string) => new ConversationClient({ baseUrl, secret: 'sk-x', retries: 0 }),
    codeOf: ({ code }: Case) => code,
  },
  {
    whose: 'the official one',
    connect: (baseUrl: string) => new OfficialConversationClient({ baseUrl, secret: 'sk-x', retries: 0 }),
    codeOf: ({ code, officialCode }: Case) => officialCode ?? code,
  },
]

describe.each(CLIENTS)('a stream that is read with $whose', ({ connect, codeOf }) => {
  test.each(CASES)('$name', async (fault) => {
    const controller = new AbortController()
    let words = ''
    let stopped: number | undefined
    const stop = () => {
      stopped = performance.now()
      controller.abort()
    }
    const onEvents = (events: readonly ConversationStreamEvent[]) => {
      for (const event of events) {
        words += event.type === 'token' ? event.data.token : ''
      }
      if (fault.stopAfterMs !== undefined && words === fault.words) {
        setTimeout(stop, fault.stopAfterMs)
      }
    }
    const serve: Script = (exchange) => {
      if (fault.stopAfterMs !== undefined && fault.words === undefined) {
        setTimeout(stop, fault.stopAfterMs)
      }
      return fault.serve(exchange)
    }
    const server = await openFaultServer(serve)
    try {
      const began = performance.now()
      const failure: unknown = await readStream(connect(server.url).complete('c1', { text: 'Hello there' }) as never, {
        signal: controller.signal,
        onEvents,
      }).then(
        () => undefined,
        (error: unknown) => error,
      )
      const ended = performance.now()
      expect(words).toBe(fault.words ?? '')
      const error = failure as ConversationError | undefined
      expect(failure === undefined || ConversationError.is(failure)).toBe(true)
      expect(error?.code).toBe(codeOf(fault))
      expect(error?.message ?? '').not.toMatch(/sk-x|Hello there/)
      expect(ended - (stopped ?? began)).toBeLessThan(fault.stopAfterMs === undefined ? 1500 : 200)
      expect(server.exchanges).toHaveLength(1)
    } finally {
      await server.close()
    }
  })
})
