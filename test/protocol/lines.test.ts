import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MAX_LINE_LENGTH, createLineDecoder, parseSafely } from '../../src/protocol/index.ts'

const encode = (text: string) => new TextEncoder().encode(text)

/** Everything that a split may hurt: a BOM, four-byte characters, CRLF, blank and padded lines, no newline at the end. */
const FIXTURE = encode(
  [
    '\uFEFF{"type":"token","data":{"token":"𝒳 👩‍🚀"}}',
    '{"type":"token","data":{"token":"naïve 東京"}}\r',
    '',
    '   \t\r',
    '  {"type":"nop","data":{}}  ',
    '{"type":"message","data":{"text":"a \\"quote\\", a \\\\ and a \\n line \u2028 too","meta":{"emoji":"🇵🇹"}}}\r',
    '{"type":"result","data":{"text":"done","usage":{"token":1}}}',
  ].join('\n'),
)
const EVENTS = [
  { type: 'token', data: { token: '𝒳 👩‍🚀' } },
  { type: 'token', data: { token: 'naïve 東京' } },
  { type: 'nop', data: {} },
  { type: 'message', data: { text: 'a "quote", a \\ and a \n line \u2028 too', meta: { emoji: '🇵🇹' } } },
  { type: 'result', data: { text: 'done', usage: { token: 1 } } },
]

function decode(chunks: Uint8Array[], maxLineLength?: number) {
  const decoder = createLineDecoder(maxLineLength)
  const events = chunks.flatMap((chunk) => decoder.push(chunk))
  events.push(...decoder.end())
  return { events, failure: decoder.failure?.message }
}

function cut(bytes: Uint8Array, places: number[]): Uint8Array[] {
  const ends = [...new Set(places)].sort((a, b) => a - b)
  return [0, ...ends].map((begin, index) => bytes.subarray(begin, ends[index] ?? bytes.length))
}

describe('whatever the network does to the bytes', () => {
  test('gives the same events for every split in two', () => {
    for (let place = 0; place <= FIXTURE.length; place++)
      expect(decode(cut(FIXTURE, [place]))).toEqual({ events: EVENTS, failure: undefined })
  })

  test('gives the same events for any split at all', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: FIXTURE.length }), { maxLength: 60 }), (places) => {
        expect(decode(cut(FIXTURE, places))).toEqual({ events: EVENTS, failure: undefined })
      }),
      { numRuns: 1000 },
    )
  })

  test('gives the same events byte by byte', () => {
    expect(decode([...FIXTURE].map((byte) => Uint8Array.of(byte))).events).toEqual(EVENTS)
  })

  test('gives back any objects that were written as lines', () => {
    const object = fc.dictionary(
      fc.string({ unit: 'binary' }).filter((key) => key !== '__proto__' && key !== 'constructor'),
      fc.jsonValue({ stringUnit: 'binary' }),
    )
    fc.assert(
      fc.property(fc.array(object), fc.array(fc.nat()), fc.boolean(), (objects, places, crlf) => {
        const lines = objects.map((value) => JSON.stringify(value))
        const bytes = encode(lines.join(crlf ? '\r\n' : '\n'))
        const chunks = cut(
          bytes,
          places.map((place) => place % (bytes.length + 1)),
        )
        expect(decode(chunks).events).toEqual(lines.map(parseSafely))
      }),
      { numRuns: 40 },
    )
  })

  test('fails at the same line in the same way, with all before it given, for every split', () => {
    for (const bad of ['{"half":', '[1]', '42', 'null', '"text"', '<html>', '{"a":1}{"b":2}', '\u0000']) {
      const bytes = encode(`{"a":1}\n{"b":2}\n${bad}\n{"c":3}\n`)
      for (let place = 0; place <= bytes.length; place++) {
        const { events, failure } = decode(cut(bytes, [place]))
        expect(events).toEqual([{ a: 1 }, { b: 2 }])
        expect(failure).toMatch(/^A line of the stream is not /)
      }
    }
  })

  test('refuses the line that is too long for every split, and says nothing of what is in it', () => {
    const bytes = encode(`{"a":1}\n{"b":"${'é'.repeat(40)}"}\n{"c":3}`)
    for (let place = 0; place <= bytes.length; place++) {
      const { events, failure } = decode(cut(bytes, [place]), 40)
      expect(events).toEqual([{ a: 1 }])
      expect(failure).toBe('A line of the stream is longer than 40 characters.')
    }
    expect(decode([bytes], 48).events).toHaveLength(3)
    expect(decode([bytes], 47).events).toHaveLength(1)
  })
})

test('reads a line of megabytes in many chunks in time that grows with its length', () => {
  const time = (length: number) => {
    const bytes = encode(`{"a":"${'x'.repeat(length)}"}\n`)
    const places = Array.from({ length: Math.floor(bytes.length / 256) }, (_, index) => index * 256)
    const chunks = cut(bytes, places)
    const started = performance.now()
    expect(decode(chunks).events).toHaveLength(1)
    return performance.now() - started
  }
  time(500_000)
  const small = Math.min(time(500_000), time(500_000))
  const large = Math.min(time(4_000_000), time(4_000_000))
  // Eight times the length; sixty-four times the work if it were quadratic.
  expect(large).toBeLessThan(Math.max(small, 2) * 32)
})

test('stops at a line beyond 4 MB without keeping it all', () => {
  const decoder = createLineDecoder()
  const chunk = new Uint8Array(1024 * 1024).fill(120)
  for (let megabytes = 0; megabytes <= MAX_LINE_LENGTH / chunk.length; megabytes++)
    expect(decoder.push(chunk)).toEqual([])
  expect(decoder.failure?.message).toContain('longer than')
  expect(decoder.push(encode('\n{"a":1}\n'))).toEqual([])
  expect(decoder.end()).toEqual([])
})

test('shows a damaged character as such and reads on', () => {
  const bytes = Uint8Array.of(...encode('{"a":"'), 0xe2, 0x82, ...encode('"}\n{"b":2}\n'))
  expect(decode([bytes]).events).toEqual([{ a: '\uFFFD' }, { b: 2 }])
})

describe('members that could reach a prototype', () => {
  test('are dropped wherever they are and however they are written', () => {
    const lines = [
      '{"a":1,"__proto__":{"polluted":true}}',
      '{"a":1,"deep":[{"__proto__":{"polluted":true},"b":2}]}',
      '{"a":1,"constructor":{"prototype":{"polluted":true}}}',
      '{"a":1,"\\u005f_proto__":{"polluted":true}}',
      '{"a":1,"c\\u006Fnstructor":{"prototype":{}}}',
    ]
    const { events } = decode([encode(lines.join('\n'))])
    expect(events).toEqual([{ a: 1 }, { a: 1, deep: [{ b: 2 }] }, { a: 1 }, { a: 1 }, { a: 1 }])
    for (const event of events) {
      expect(Object.hasOwn(event as object, '__proto__')).toBe(false)
      expect(Object.hasOwn(event as object, 'constructor')).toBe(false)
    }
  })

  test('are left alone where they are only words', () => {
    const line = '{"text":"__proto__ and constructor","constructor":"Ann"}'
    expect(decode([encode(line)]).events).toEqual([{ text: '__proto__ and constructor', constructor: 'Ann' }])
    expect(parseSafely(line)).toEqual({ text: '__proto__ and constructor', constructor: 'Ann' })
  })
})
