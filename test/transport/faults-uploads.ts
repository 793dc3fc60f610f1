import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import { answer, json, stall, text, wire, type Script } from '../support/fault-server.ts'
import { SECRET, type Fault, type Scene } from './faults-run.ts'

/** Where the bytes go is told by the first answer; the address of the second origin comes along in a header of the test. */
const announces =
  (upload: (other: string) => unknown): Script =>
  (exchange) =>
    json(200, { id: 'a1', name: 'a1.txt', uploadRequest: upload(String(exchange.headers['x-other'])) })(exchange)

const HEADERS = { 'content-type': 'text/plain', 'content-disposition': 'attachment; filename=plan.txt' }
const put = (other: string) => ({ method: 'PUT', url: `${other}/bucket/a1?signature=${SECRET}`, headers: HEADERS })

const FILE = { name: 'plan.txt', type: 'text/plain', data: 'Grüße 🙂' }

const upload = (scene: Scene, file: object = FILE) =>
  scene
    .connect({ headers: { 'x-other': scene.other.url, 'x-mine': 'mine' }, timezone: 'Europe/Lisbon', retries: 3 })
    .attachment.upload('c1', file as typeof FILE, { signal: scene.signal })

const hears = (count: number) => (scene: Scene) => expect(scene.other.exchanges).toHaveLength(count)

export const UPLOADS: Fault[] = [
  {
    name: 'the bytes go out bare: no key, no header of the client, no second try',
    serve: announces(put),
    elsewhere: text(200, 'text/plain', ''),
    call: upload,
    want: { value: { id: 'a1' } },
    check: ({ server, other }) => {
      expect(JSON.parse(server.exchanges[0]!.body)).toEqual({
        file: { type: 'text/plain', size: 12, name: 'plan.txt' },
      })
      const [sent] = other.exchanges
      expect(sent).toMatchObject({ method: 'PUT', path: `/bucket/a1?signature=${SECRET}`, body: 'Grüße 🙂' })
      expect(sent!.headers).toMatchObject({ ...HEADERS, 'content-length': '12' })
      expect(Object.keys(sent!.headers)).not.toEqual(
        expect.arrayContaining([expect.stringMatching(/authorization|x-mine|x-other|x-timezone|cookie/)]),
      )
    },
  },
  {
    name: 'an address in capital header names and with a length of its own is still obeyed',
    serve: announces((other) => ({
      ...put(other),
      headers: { 'Content-Type': 'text/plain', 'Content-Length': '12', 'Content-Disposition': 'inline' },
    })),
    elsewhere: answer(204, {}),
    call: upload,
    want: { value: { id: 'a1' } },
    check: ({ other }) =>
      expect(other.exchanges[0]!.headers).toMatchObject({
        'content-type': 'text/plain',
        'content-disposition': 'inline',
      }),
  },
  {
    name: 'an answer without an address for the bytes is an error',
    serve: json(200, { id: 'a1' }),
    call: upload,
    want: { code: 'BAD_RESPONSE', plain: true },
  },
  {
    name: 'an address that is no web address gets no bytes',
    serve: announces(() => ({ ...put(''), url: 'file:///etc/passwd' })),
    call: upload,
    want: { code: ['BAD_REQUEST', 'BAD_RESPONSE'], plain: true },
    check: hears(0),
  },
  {
    name: 'an address that is nothing gets no bytes',
    serve: announces(() => ({ method: 'PUT' })),
    call: upload,
    want: { code: ['BAD_REQUEST', 'BAD_RESPONSE'], plain: true },
    check: hears(0),
  },
  {
    name: 'headers no wire can carry send no bytes',
    serve: announces((other) => ({ ...put(other), headers: { 'x-a': 'a\r\nx-evil: 1' } })),
    call: upload,
    want: { code: ['BAD_REQUEST', 'BAD_RESPONSE'], plain: true },
    check: hears(0),
  },
  {
    name: 'a refusal of the bytes is told with its status, without the signature',
    serve: announces(put),
    elsewhere: text(403, 'application/xml', '<Error><Code>SignatureDoesNotMatch</Code></Error>'),
    call: upload,
    want: { code: 'NOT_AUTHORIZED', status: 403, plain: true },
    check: hears(1),
  },
  {
    name: 'bytes are not sent again after a 503',
    serve: announces(put),
    elsewhere: answer(503, {}),
    call: upload,
    want: { code: 'SERVICE_UNAVAILABLE', status: 503, plain: true },
    check: hears(1),
  },
  {
    name: 'bytes do not follow a redirect',
    serve: announces(put),
    elsewhere: ({ response }) => {
      response.writeHead(307, { location: 'http://127.0.0.1:1/elsewhere' })
      response.end()
    },
    call: upload,
    want: { code: 'REDIRECTED', plain: true },
    check: hears(1),
  },
  {
    name: 'an abort while the bytes are taken',
    serve: announces(put),
    elsewhere: wire(stall),
    call: async (scene) => {
      const sending = upload(scene)
      for (let n = 0; n < 100 && scene.other.exchanges.length === 0; n++) {
        await sleep(10)
      }
      scene.controller.abort()
      return sending
    },
    want: { code: 'ABORTED', soon: 200, plain: true },
    check: hears(1),
  },
  {
    name: 'a file that is refused when it is announced sends no bytes',
    serve: json(429, { code: 'LIMITS_REACHED', message: 'Too large' }, { 'retry-after': '120' }),
    call: upload,
    want: { code: 'LIMITS_REACHED', status: 429, plain: true },
    check: hears(0),
  },
  {
    name: 'progress is told from nought to all',
    serve: announces(put),
    elsewhere: answer(200, {}),
    call: async (scene) => {
      const told: number[] = []
      const client = scene.connect({ headers: { 'x-other': scene.other.url } })
      const data = new Uint8Array([9, 1, 2, 3, 9]).subarray(1, 4)
      await client.attachment.upload('c1', { name: 'b', data }, { onProgress: ({ loaded }) => told.push(loaded) })
      return { first: told[0], last: told.at(-1) }
    },
    want: { value: { first: 0, last: 3 } },
    check: ({ other }) => expect(other.exchanges[0]).toMatchObject({ body: '\u0001\u0002\u0003' }),
  },
]
