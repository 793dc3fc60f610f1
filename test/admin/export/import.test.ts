import { importTranscript } from 'conversation-kit/admin'
import type { ExportedConversation } from 'conversation-kit/admin'
import { ConversationError } from 'conversation-kit/transport'
import { buildConversation, buildMessage } from 'conversation-kit/testing'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { HOSTILE } from '../../e2e/hostile-texts.ts'
import { saved, textOf } from './files.ts'

const letters = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: 'binary' }) },
  fc.string({
    unit: fc.constantFrom(
      '<',
      '>',
      '&',
      '"',
      "'",
      '\r',
      '\n',
      '\0',
      '\uD800',
      '\uDC00',
      ' ',
      '\t',
      '&amp;',
      '</div>',
      '-->',
      '\u202E',
      'a',
    ),
  }),
)
const id = fc.string({ unit: 'grapheme', minLength: 1 })
const meta = fc.dictionary(
  letters.filter((key) => key !== '__proto__' && key !== 'constructor'),
  fc.jsonValue().filter((value) => !/__proto__|constructor/.test(JSON.stringify(value))),
)
const time = fc.integer({ min: 0, max: 4e12 })
const message = fc.record(
  {
    id,
    type: fc.constantFrom('user', 'bot', 'reasoning', 'context', 'instruction', 'backstory', 'activity', 'checkpoint'),
    text: letters,
    meta: fc.oneof(meta, fc.constant(null)),
    createdAt: time,
    updatedAt: time,
  },
  { requiredKeys: ['id', 'type', 'text', 'createdAt', 'updatedAt'] },
)
const conversation = fc.record(
  {
    id,
    name: fc.oneof(letters, fc.constant(null)),
    description: letters,
    meta: fc.oneof(meta, fc.constant(null)),
    createdAt: time,
    updatedAt: time,
    messages: fc.array(message, { maxLength: 4 }),
    votes: fc.array(fc.record({ vote: fc.constantFrom('up', 'down'), reason: letters }), {
      minLength: 1,
      maxLength: 2,
    }),
  },
  { requiredKeys: ['id', 'createdAt', 'updatedAt', 'messages'] },
) as fc.Arbitrary<unknown> as fc.Arbitrary<ExportedConversation>

/** As JSON has it: `-0` is 0 there. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

describe.each(['json', 'html'] as const)('a file of %s', (format) => {
  test('gives back what it was made of, to the last letter', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(conversation, { maxLength: 3 }), async (conversations) => {
        const text = saved(await textOf(conversations, format))
        expect(importTranscript(text)).toEqual(plain(conversations))
      }),
      { numRuns: 150 },
    )
  })

  test('gives back what wants something of the page', async () => {
    const short = HOSTILE.filter(({ length }) => length < 1000)
    expect(short.length).toBeGreaterThan(400)
    const conversations = [
      {
        ...buildConversation({ name: short.slice(0, 3).join('') }),
        messages: short.map((text, at) => buildMessage({ id: `m${at}`, text, type: at % 2 ? 'bot' : 'user' })),
      },
    ]
    expect(importTranscript(saved(await textOf(conversations, format)))).toEqual(conversations)
  })

  test('of nothing has nothing in it', async () => {
    expect(importTranscript(await textOf([], format))).toEqual([])
  })

  test('drops what could reach a prototype', async () => {
    const text = (await textOf([{ ...buildConversation(), messages: [] }], format)).replace(
      format === 'json' ? '"id":' : '&quot;id&quot;:',
      (found) =>
        found.replace('id', '__proto__') +
        (format === 'json' ? '{"bad":true},"id":' : '{&quot;bad&quot;:true},&quot;id&quot;:'),
    )
    expect(text).toContain('__proto__')
    const [read] = importTranscript(text)
    expect(read).toMatchObject({ id: 'c1' })
    expect(Object.hasOwn(read!, '__proto__')).toBe(false)
    expect('bad' in read!).toBe(false)
  })
})

test('a page whose line ends a mail or an editor has changed has the same messages', async () => {
  const conversations = [{ ...buildConversation(), messages: [buildMessage({ text: 'one\ntwo\r\nthree\rfour' })] }]
  const html = await textOf(conversations, 'html')
  expect(importTranscript(html.replaceAll('\n', '\r\n'))).toEqual(conversations)
  expect(importTranscript(`\uFEFF${html}`)).toEqual(conversations)
})

describe('what is not ours', () => {
  const page = async () =>
    textOf([{ ...buildConversation(), messages: [buildMessage(), buildMessage({ id: 'm2' })] }], 'html')
  test.each<[string, (page: string) => string, RegExp]>([
    ['an empty file', () => '', /neither JSON nor HTML/],
    ['a table', () => 'id,name\r\n1,2\r\n', /neither JSON nor HTML/],
    ['JSON that breaks off', () => '[{"id":"c1","messages":[', /damaged/],
    ['JSON of something else', () => '{"items":[]}', /no list of conversations/],
    ['a list of something else', () => '[1,2]', /item 1/],
    [
      'a conversation whose message is none',
      () => '[{"id":"c1","messages":[{"id":"m1"}]}]',
      /message 1 of conversation 1/,
    ],
    ['the page of somebody else', () => '<!doctype html><title>Hello</title><p data-message="{}">', /somebody else/],
    [
      'a page that only claims it in its text',
      () => '<html><body><meta name="generator" content="conversation-kit transcript 1"></body>',
      /somebody else/,
    ],
    ['a page of a newer version', (html) => html.replace('transcript 1"', 'transcript 2"'), /newer version/],
    ['a page that breaks off', (html) => html.slice(0, html.indexOf('</section>')), /end is missing/],
    ['a page that lacks a message', (html) => html.replace(/<article[^]*?<\/article>/, ''), /conversation 1 of it/],
    [
      'a page whose facts are damaged',
      (html) => html.replace('data-message="{', 'data-message="'),
      /conversation 1 of it/,
    ],
    [
      'a tag that does not end',
      () => `<meta name="generator" content="conversation-kit transcript 1"><p ${'a '.repeat(50_000)}`,
      /end is missing/,
    ],
  ])('%s is refused, with what is wrong with it', async (_, change, words) => {
    const text = change(await page())
    let error: unknown
    try {
      importTranscript(text)
    } catch (thrown) {
      error = thrown
    }
    expect(ConversationError.is(error) && error.code).toBe('BAD_REQUEST')
    expect(String(error)).toMatch(words)
  })
})
