import { constants, gzipSync } from 'node:zlib'
import { expect } from 'vitest'
import {
  answer,
  cut,
  drip,
  errorLine,
  hangUp,
  json,
  jsonl,
  line,
  pause,
  ping,
  raw,
  reset,
  result,
  stall,
  token,
  wire,
} from '../support/fault-server.ts'
import { QUICK, type Fault } from './faults-run.ts'

const JSONL = { 'content-type': 'application/jsonl' }
const said = [token('Half '), token('an ans')]
const words = ['Half ', 'an ans']
const INTERRUPTED = { code: 'STREAM_INTERRUPTED', retryable: true }
/** 🙂 in UTF-8, split in the middle. */
const smile = Buffer.from(token('🙂'))
const middle = smile.indexOf(0xf0) + 2

const get = ({ client, signal }: Parameters<NonNullable<Fault['call']>>[0]) => client.fetch('c1', { signal })

/** Signs of life come ten times as often, so that a busy machine is not taken for a silent one, and go on for longer than this. */
const LONGER_THAN_A_SIGN: Fault['options'] = { timeout: 1000, idleTimeout: 1000 }

export const CUTS: Fault[] = [
  // --- before anything
  {
    name: 'nobody listens at the address',
    options: { baseUrl: 'http://127.0.0.1:1' },
    want: { code: 'NETWORK', retryable: true, requests: 0 },
  },
  {
    name: 'nobody listens, and a reading call gives up after its retries',
    options: { baseUrl: 'http://127.0.0.1:1', retries: 2 },
    call: get,
    want: { code: 'NETWORK', requests: 0, retryable: true },
  },
  { name: 'the connection closes without an answer', serve: wire(cut), want: { code: 'NETWORK', retryable: true } },
  {
    name: 'the connection is reset without an answer, and a completion is never sent twice',
    serve: wire(reset),
    options: { retries: 3 },
    want: { code: 'NETWORK', retryable: true },
  },
  {
    name: 'a reading call is repeated after a reset',
    serve: [wire(reset), json(200, { id: 'c1', createdAt: 1, updatedAt: 1 })],
    options: { retries: 2 },
    call: get,
    want: { requests: 2, value: { id: 'c1' } },
  },
  { name: 'half a status line', serve: wire(raw('HTTP/1.1 20'), cut), want: { code: 'NETWORK', retryable: true } },
  {
    name: 'not HTTP at all',
    serve: wire(raw('SSH-2.0-OpenSSH_9.6\r\n'), cut),
    want: { code: 'NETWORK', retryable: true },
  },
  {
    name: 'half of the headers',
    serve: wire(raw('HTTP/1.1 200 OK\r\ncontent-type: applica'), cut),
    want: { code: 'NETWORK', retryable: true },
  },

  // --- in the stream
  { name: 'a cut right after the headers', serve: jsonl(cut), want: INTERRUPTED },
  { name: 'a cut after some words', serve: jsonl(...said, cut), want: { ...INTERRUPTED, tokens: words } },
  {
    name: 'a cut after some words does not send the completion again',
    serve: [jsonl(...said, cut), jsonl(result('a second answer'))],
    options: { retries: 3 },
    want: { ...INTERRUPTED, tokens: words },
  },
  { name: 'a reset after some words', serve: jsonl(...said, reset), want: { ...INTERRUPTED, tokens: words } },
  {
    name: 'a cut in the middle of a line',
    serve: jsonl(...said, '{"type":"token","data":{"tok', cut),
    want: { ...INTERRUPTED, tokens: words },
  },
  {
    name: 'an end in the middle of a line',
    serve: jsonl(...said, '{"type":"token","data":{"tok'),
    want: { code: ['STREAM_INTERRUPTED', 'STREAM_PARSE'], tokens: words },
  },
  {
    name: 'a cut in the middle of a character',
    serve: jsonl(...said, smile.subarray(0, middle), cut),
    want: { ...INTERRUPTED, tokens: words },
  },
  {
    name: 'a pause in the middle of a character changes nothing',
    serve: jsonl(smile.subarray(0, middle), pause(20), smile.subarray(middle), result('🙂')),
    want: { tokens: ['🙂'], result: '🙂' },
  },
  {
    name: 'a clean end without a result',
    serve: jsonl(...said),
    want: { ...INTERRUPTED, tokens: words },
  },
  { name: 'a hang-up without the last chunk', serve: jsonl(...said, hangUp), want: { ...INTERRUPTED, tokens: words } },
  {
    name: 'a hang-up after the result is no loss',
    serve: jsonl(...said, result('Half an answer'), hangUp),
    want: { tokens: words, result: 'Half an answer' },
  },
  {
    name: 'a cut after the result is no loss',
    serve: jsonl(...said, result('Half an answer'), cut),
    want: { tokens: words, result: 'Half an answer' },
  },
  {
    name: 'a last line without a newline is a line',
    serve: jsonl(...said, result('Half an answer').trimEnd()),
    want: { tokens: words, result: 'Half an answer' },
  },
  {
    name: 'fewer bytes than promised',
    serve: answer(200, { ...JSONL, 'content-length': 4096 }, ...said, cut),
    want: { ...INTERRUPTED, tokens: words },
  },
  {
    name: 'more bytes than promised: the rest does not count',
    serve: answer(
      200,
      { ...JSONL, 'content-length': Buffer.byteLength(said.join('')) },
      ...said,
      raw(result('late')),
      cut,
    ),
    want: { ...INTERRUPTED, tokens: words },
  },
  {
    name: 'a body without a length, ended by closing, without a result',
    serve: wire(
      raw(`HTTP/1.1 200 OK\r\ncontent-type: application/jsonl\r\nconnection: close\r\n\r\n${said.join('')}`),
      cut,
    ),
    want: { ...INTERRUPTED, tokens: words },
  },
  {
    name: 'a body without a length, ended by closing, with its result',
    serve: wire(
      raw(
        `HTTP/1.1 200 OK\r\ncontent-type: application/jsonl\r\nconnection: close\r\n\r\n${said.join('')}${result('Half an answer')}`,
      ),
      cut,
    ),
    want: { tokens: words, result: 'Half an answer' },
  },
  {
    name: 'a broken chunk head',
    serve: jsonl(...said, pause(20), raw('not-a-length\r\nhello\r\n'), cut),
    want: { ...INTERRUPTED, tokens: words },
  },
  {
    name: 'broken compression',
    serve: answer(200, { ...JSONL, 'content-encoding': 'gzip' }, 'this is not gzip'),
    want: INTERRUPTED,
  },
  {
    name: 'a compressed stream is read',
    serve: answer(
      200,
      { ...JSONL, 'content-encoding': 'gzip' },
      gzipSync([...said, result('Half an answer')].join('')),
    ),
    want: { tokens: words, result: 'Half an answer' },
  },
  {
    name: 'a compressed stream that is cut',
    serve: answer(
      200,
      { ...JSONL, 'content-encoding': 'gzip' },
      gzipSync(said.join(''), { finishFlush: constants.Z_SYNC_FLUSH }),
      // The platform drops what it has not unpacked yet.
      pause(150),
      cut,
    ),
    want: { ...INTERRUPTED, tokens: words },
  },

  // --- silence
  {
    name: 'silence before the headers of a completion',
    serve: wire(stall),
    options: { retries: 2 },
    want: { code: 'TIMEOUT', retryable: true, atLeast: 380, within: 1500 },
  },
  {
    name: 'silence before the headers of a reading call',
    serve: wire(stall),
    call: get,
    want: { code: 'TIMEOUT', retryable: true, atLeast: 380, within: 1500 },
  },
  {
    name: 'a reading call is repeated after silence when that is wanted',
    serve: [wire(stall), json(200, { id: 'c1' })],
    options: { retries: 1, retryTimeout: true, timeout: 150 },
    call: get,
    want: { requests: 2, value: { id: 'c1' } },
  },
  {
    name: 'silence after the headers',
    serve: jsonl(stall),
    want: { code: 'TIMEOUT', retryable: true, atLeast: 280, within: 1500 },
  },
  {
    name: 'silence after some words',
    serve: jsonl(...said, stall),
    want: { code: 'TIMEOUT', retryable: true, tokens: words, atLeast: 280, within: 1500 },
  },
  {
    name: 'silence in the middle of a line',
    serve: jsonl(...said, '{"type":"tok', stall),
    want: { code: 'TIMEOUT', retryable: true, tokens: words, atLeast: 280, within: 1500 },
  },
  {
    name: 'pings are life: a slow model is no time-out',
    serve: jsonl(drip(ping, 100, 12), ...said, result('Half an answer')),
    options: LONGER_THAN_A_SIGN,
    want: { tokens: words, result: 'Half an answer', atLeast: 1100 },
  },
  {
    name: 'pings and then silence',
    serve: jsonl(drip(ping, 60, 3), stall),
    want: { code: 'TIMEOUT', retryable: true, atLeast: 380, within: 1200 },
  },
  {
    name: 'a trickle of single bytes is life too',
    serve: jsonl(drip(' ', 100, 12), ...said, '\n', result('Half an answer')),
    options: LONGER_THAN_A_SIGN,
    want: { tokens: words, result: 'Half an answer', atLeast: 1100 },
  },
  {
    name: 'silence after an error line: the error is what is told',
    serve: jsonl(...said, errorLine({ code: 'MODEL_DOWN', message: 'The model is down' }), stall),
    options: QUICK,
    want: { code: 'MODEL_DOWN', tokens: words, within: 1500 },
  },
  {
    name: 'a cut after an error line: the error is what is told',
    serve: jsonl(...said, errorLine({ code: 'MODEL_DOWN', message: 'The model is down' }), cut),
    want: { code: 'MODEL_DOWN', tokens: words },
  },
  {
    name: 'silence after the result is no failure',
    serve: jsonl(...said, result('Half an answer'), stall),
    want: { tokens: words, result: 'Half an answer', within: 1500 },
  },
  {
    name: 'a plain call whose body never ends',
    serve: answer(200, { 'content-type': 'application/json' }, '{"id":', stall),
    call: get,
    want: { code: 'TIMEOUT', retryable: true, within: 1500 },
  },
  {
    name: 'a plain call whose body trickles for ever is over when its time is',
    serve: answer(200, { 'content-type': 'application/json' }, drip(' ', 50, 100)),
    call: get,
    want: { code: 'TIMEOUT', retryable: true, atLeast: 380, within: 1500 },
  },
  {
    name: 'a plain call whose body is cut is not half a conversation',
    serve: answer(200, { 'content-type': 'application/json' }, '{"id":"c1","na', cut),
    call: get,
    want: { code: ['NETWORK', 'BAD_RESPONSE'] },
  },
  {
    name: 'a list stream that is cut',
    serve: jsonl(line({ type: 'item', data: { id: 'c1' } }), cut),
    call: ({ client, signal }) => client.list({}, { signal }).stream(),
    want: INTERRUPTED,
    check: ({ events }) => expect(events, 'the item is kept').toHaveLength(1),
  },
  {
    name: 'a list stream ends without a result',
    serve: jsonl(line({ type: 'item', data: { id: 'c1' } })),
    call: ({ client, signal }) => client.list({}, { signal }).stream(),
    want: {},
  },
  {
    name: 'an empty list stream',
    serve: jsonl(),
    call: ({ client, signal }) => client.list({}, { signal }).stream(),
    want: {},
  },
]
