import { expect } from 'vitest'
import {
  answer,
  errorLine,
  json,
  jsonl,
  line,
  result,
  stall,
  text,
  token,
  type Script,
} from '../support/fault-server.ts'
import type { Fault, Outcome, Scene } from './faults-run.ts'

const said = [token('Half '), token('an ans')]
const words = ['Half ', 'an ans']
const end = result('Half an answer')
const PARSE = { code: 'STREAM_PARSE', retryable: true, tokens: words }
const FINE = { tokens: words, result: 'Half an answer' }
const PAGE = '<!doctype html><html><body><h1>Welcome to the hotel</h1></body></html>'

/** A line that no server should send, after two good ones. */
const badLine = (name: string, bad: string | Uint8Array): Fault => ({
  name: `${name} in place of an event`,
  serve: jsonl(...said, bad, '\n', end),
  want: PARSE,
})

/** An odd line that is still an object: it passes, and the answer is whole. */
const oddLine = (name: string, odd: unknown, check?: Fault['check']): Fault => ({
  name: `${name} does not spoil the answer`,
  serve: jsonl(...said, typeof odd === 'string' ? odd : line(odd), end),
  want: FINE,
  check,
})

const get = ({ client, signal }: Scene) => client.fetch('c1', { signal })
const list = ({ client, signal }: Scene) => client.list({}, { signal })
const create = ({ client, signal }: Scene) => client.create({ name: 'a' }, { signal })

/** A 200 to a plain call that is not its answer. */
const badBody = (name: string, serve: Script, more: Partial<Fault['want']> = {}): Fault => ({
  name: `${name} in place of a conversation`,
  serve,
  call: get,
  want: {
    code: 'BAD_RESPONSE',
    retryable: false,
    plain: true,
    ...more,
  },
})

const clean = (value: unknown) => {
  expect(({} as Record<string, unknown>).polluted, 'no prototype is changed').toBeUndefined()
  expect(JSON.stringify(value), 'what would change one is dropped').not.toMatch(/polluted/)
}
const cleanEvents = ({ events }: Scene) => clean(events)
const cleanValue = (_scene: Scene, { value }: Outcome) => clean(value)

const HOLOGRAM = { type: 'hologram', data: { z: 1 }, extra: true }
const keepsHologram = ({ events }: Scene) => expect(events).toContainEqual(HOLOGRAM)

/** `{"type":…,"data":[[[…]]]}`, deeper than any stack. */
const deep = (levels: number) => `{"type":"odd","data":${'['.repeat(levels)}${']'.repeat(levels)}}\n`

export const GARBAGE: Fault[] = [
  // --- lines
  badLine('words', 'Internal Server Error'),
  badLine('half an object', '{"type":"token","data":{"token":"x"'),
  badLine('two objects on one line', '{"type":"token","data":{"token":"x"}} {"type":"ping"}'),
  badLine('an array', '[1,2]'),
  badLine('a number', '42'),
  badLine('a string', '"token"'),
  badLine('null', 'null'),
  badLine('true', 'true'),
  badLine('NaN', '{"type":"token","data":NaN}'),
  badLine('bytes', new Uint8Array([0x00, 0xff, 0xfe, 0x80, 0x07, 0x1b])),
  badLine('an event-stream line', 'data: {"type":"token","data":{"token":"x"}}'),
  badLine('a page', PAGE),
  {
    name: 'a line over the cap is refused before it fills the memory',
    // As if it never ended: 6 MB and no newline.
    serve: jsonl(
      ...said,
      '{"type":"token","data":{"token":"',
      ...Array.from({ length: 96 }, () => 'x'.repeat(65_536)),
      stall,
    ),
    want: { code: 'STREAM_PARSE', tokens: words, within: 2400 },
  },
  {
    name: 'a line of megabytes under the cap is read',
    serve: jsonl(token('y'.repeat(3_000_000)), result('long')),
    want: { tokens: ['y'.repeat(3_000_000)], result: 'long', within: 2400 },
  },
  {
    name: 'a line nested a hundred thousand times',
    serve: jsonl(...said, deep(100_000), end),
    want: { ...FINE },
  },
  oddLine('a line nested a hundred times', deep(100)),
  oddLine('an empty object', {}),
  oddLine('an event without a type', { data: { token: 'x' } }),
  oddLine('an event whose type is a number', { type: 5, data: {} }),
  oddLine('an event from the future', HOLOGRAM, keepsHologram),
  oddLine('a message without data', { type: 'message' }),
  oddLine('a message whose data is null', { type: 'message', data: null }),
  oddLine('an abort whose data is a number', { type: 'abort', data: 7 }),
  oddLine('blank and padded lines', `\n\r\n  \n\t${JSON.stringify({ type: 'ping', data: {} })}  \r\n\n`),
  oddLine(
    'a __proto__',
    '{"type":"message","data":{"type":"activity","text":"","__proto__":{"polluted":1},"meta":{"__proto__":{"polluted":1}}}}\n',
    cleanEvents,
  ),
  oddLine(
    'a constructor',
    '{"type":"message","constructor":{"prototype":{"polluted":1}},"data":{"constructor":{"prototype":{"polluted":1}}}}\n',
    cleanEvents,
  ),
  {
    name: 'a token without data, with null and with a number does not spoil the words',
    serve: jsonl(...said, line({ type: 'token', data: {} }), line({ type: 'token', data: { token: 5 } }), end),
    call: async ({ client, signal }) => {
      const texts: unknown[] = []
      for await (const event of client.complete('c1', { text: 'hi' }, { signal }).stream()) {
        texts.push(event.type === 'token' ? event.data.token : event.type)
      }
      return texts
    },
    want: {},
    check: (_scene, { value }) => expect(value).toEqual([...words, undefined, 5, 'result']),
  },
  {
    name: 'a token that is no text never becomes a word of partial',
    serve: jsonl(
      ...said,
      line({ type: 'token' }),
      line({ type: 'token', data: null }),
      line({ type: 'token', data: { token: {} } }),
    ),
    call: async ({ client, signal }) => {
      for await (const _event of client.complete('c1', { text: 'hi' }, { signal }).stream()) {
        // Only what is thrown counts.
      }
    },
    want: { code: 'STREAM_INTERRUPTED', plain: true },
    check: (_scene, { error }) => expect((error as { partial?: string }).partial).toBe(words.join('')),
  },
  {
    name: 'bytes that are no UTF-8 become a replacement character',
    serve: jsonl(Buffer.from('{"type":"token","data":{"token":"a\xffb"}}\n', 'latin1'), end),
    want: { tokens: ['a\ufffdb'], result: 'Half an answer' },
  },
  {
    name: 'half a surrogate pair passes',
    serve: jsonl('{"type":"token","data":{"token":"\\ud83d"}}\n', end),
    want: { tokens: ['\ud83d'], result: 'Half an answer' },
  },
  { name: 'a byte-order mark at the start', serve: jsonl(Buffer.from([0xef, 0xbb, 0xbf]), ...said, end), want: FINE },
  { name: 'carriage returns at the ends', serve: jsonl([...said, end].join('').replaceAll('\n', '\r\n')), want: FINE },
  {
    name: 'only a byte-order mark',
    serve: jsonl(Buffer.from([0xef, 0xbb, 0xbf])),
    want: { code: 'STREAM_INTERRUPTED' },
  },
  { name: 'only blank lines', serve: jsonl('\n\n \r\n'), want: { code: 'STREAM_INTERRUPTED' } },
  { name: 'an empty stream', serve: jsonl(), want: { code: 'STREAM_INTERRUPTED' } },
  { name: 'a result twice', serve: jsonl(...said, end, result('another')), want: FINE },
  {
    name: 'tokens after the result',
    serve: jsonl(token('Half '), end, token('late')),
    want: { tokens: ['Half ', 'late'], result: 'Half an answer' },
  },
  { name: 'a result without data', serve: jsonl(...said, line({ type: 'result' })), want: { tokens: words } },
  {
    name: 'a result whose data is null',
    serve: jsonl(...said, line({ type: 'result', data: null })),
    want: { tokens: words },
  },

  // --- error lines
  {
    name: 'an error line before any word',
    serve: jsonl(errorLine({ code: 'NOT_FOUND', message: 'Conversation not found' })),
    want: { code: 'NOT_FOUND', retryable: false, message: /conversation/i },
  },
  {
    name: 'an error line after some words',
    serve: jsonl(...said, errorLine({ code: 'GENERIC_ERROR', message: 'Something went wrong' })),
    want: { code: 'GENERIC_ERROR', retryable: true, tokens: words },
  },
  {
    name: 'an error line without a code',
    serve: jsonl(...said, errorLine({ message: 'Something went wrong' })),
    want: { code: 'STREAM_ERROR', retryable: true, tokens: words },
  },
  {
    name: 'an error line without a message',
    serve: jsonl(...said, errorLine({ code: 'GENERIC_ERROR' })),
    want: { code: 'GENERIC_ERROR', retryable: true, tokens: words },
  },
  {
    name: 'an error line without data',
    serve: jsonl(...said, errorLine()),
    want: { code: 'STREAM_ERROR', retryable: true, tokens: words },
  },
  {
    name: 'an error line whose data is null',
    serve: jsonl(...said, errorLine(null)),
    want: { code: 'STREAM_ERROR', retryable: true, tokens: words },
  },
  {
    name: 'an error line whose data is a text',
    serve: jsonl(...said, errorLine('broken')),
    want: { code: 'STREAM_ERROR', retryable: true, tokens: words },
  },
  {
    name: 'an error line with a code that is a number and a message that is an object',
    serve: jsonl(...said, errorLine({ code: 5, message: {} })),
    want: { code: 'STREAM_ERROR', retryable: true, tokens: words },
  },
  {
    name: 'an error line and then its result: the error is thrown, and the rest was read',
    serve: jsonl(
      ...said,
      errorLine({ code: 'GENERIC_ERROR', message: 'Something went wrong' }),
      line({ type: 'receiveResult', data: { text: 'Half an ans', usage: { token: 1 }, end: { reason: 'error' } } }),
      line({ type: 'result', data: { id: 'm2', text: 'Half an ans', usage: { token: 1 }, end: { reason: 'error' } } }),
    ),
    want: { code: 'GENERIC_ERROR', retryable: true, tokens: words },
  },
  {
    name: 'two error lines: the first is told',
    serve: jsonl(
      ...said,
      errorLine({ code: 'ONE', message: 'The first' }),
      errorLine({ code: 'TWO', message: 'The second' }),
    ),
    want: { code: 'ONE', tokens: words },
  },
  {
    name: 'garbage after an error line: the error is told',
    serve: jsonl(...said, errorLine({ code: 'ONE', message: 'The first' }), 'garbage\n'),
    want: { code: 'ONE', tokens: words },
  },

  // --- types
  {
    name: 'a page in place of a stream',
    serve: text(200, 'text/html', PAGE),
    want: { code: ['STREAM_INTERRUPTED', 'STREAM_PARSE'] },
  },
  {
    name: 'one JSON object in place of a stream',
    serve: json(200, { id: 'm2', text: 'Half an answer', usage: { token: 1 } }),
    want: { code: 'STREAM_INTERRUPTED' },
  },
  {
    name: 'an error object with status 200 in place of a stream',
    serve: json(200, { code: 'GENERIC_ERROR', message: 'Something went wrong' }),
    want: { code: ['GENERIC_ERROR', 'STREAM_INTERRUPTED'] },
  },
  {
    name: 'an event stream in place of JSONL',
    serve: text(200, 'text/event-stream', 'event: token\ndata: {"token":"x"}\n\n'),
    want: { code: ['STREAM_INTERRUPTED', 'STREAM_PARSE'] },
  },
  { name: 'a stream without a content type is still read', serve: answer(200, {}, ...said, end), want: FINE },
  { name: 'a 204 in place of a stream', serve: answer(204, {}), want: { code: 'STREAM_INTERRUPTED' } },

  // --- plain bodies
  badBody('a page', text(200, 'text/html', PAGE)),
  badBody('a page that says it is JSON', text(200, 'application/json', PAGE)),
  badBody('half a JSON', text(200, 'application/json', '{"id":"c1","name":')),
  badBody('an empty body', text(200, 'application/json', '')),
  badBody('a 204', answer(204, {})),
  badBody('null', json(200, null)),
  badBody('an array', json(200, [1])),
  badBody('a number', json(200, 5)),
  badBody('a text', json(200, 'hello')),
  badBody('bytes', text(200, 'application/octet-stream', new Uint8Array([0, 255, 128]))),
  {
    name: 'a 200 whose body is an error is an error',
    serve: json(200, { code: 'MODEL_DOWN', message: 'The model is down' }),
    call: get,
    want: { code: 'MODEL_DOWN', plain: true },
  },
  {
    name: 'a 200 whose body is an error is an error for a list too',
    serve: json(200, { code: 'MODEL_DOWN', message: 'The model is down' }),
    call: list,
    want: { code: 'MODEL_DOWN', plain: true },
  },
  {
    name: 'a conversation that has a code and a message besides its own is no error',
    serve: json(200, { id: 'c1', code: 'a', message: 'b', createdAt: 1, updatedAt: 1 }),
    call: get,
    want: { value: { id: 'c1' } },
  },
  {
    name: 'a plain answer with __proto__ and constructor is cleaned',
    serve: text(
      200,
      'application/json',
      '{"id":"c1","__proto__":{"polluted":1},"meta":{"constructor":{"prototype":{"polluted":1}}}}',
    ),
    call: get,
    want: { value: { id: 'c1' } },
    check: cleanValue,
  },
  {
    name: 'a write whose answer is a page is an error and is not repeated',
    serve: text(200, 'text/html', PAGE),
    options: { retries: 3 },
    call: create,
    want: {
      code: 'BAD_RESPONSE',
      retryable: false,
      plain: true,
    },
  },
]
