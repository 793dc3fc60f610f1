import { exportPieces } from 'conversation-kit/admin'
import { buildConversation, buildMessage } from 'conversation-kit/testing'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csvCell } from '../../../src/admin/export/csv.ts'
import { textOf } from './files.ts'

/** A table as RFC 4180 says it is read, by hand and letter by letter. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let at = 0
  const endRow = () => {
    rows.push([...row, cell])
    row = []
    cell = ''
  }
  while (at < text.length) {
    if (text[at] === '"' && cell === '') {
      at += 1
      for (;;) {
        if (at >= text.length) throw new Error('A quote is not closed.')
        if (text[at] === '"' && text[at + 1] !== '"') break
        if (text[at] === '"') at += 1
        cell += text[at]
        at += 1
      }
      at += 1
      if (![',', '\r', undefined].includes(text[at])) throw new Error('There is more after a quote.')
    } else if (text[at] === ',') {
      row.push(cell)
      cell = ''
      at += 1
    } else if (text.startsWith('\r\n', at)) {
      endRow()
      at += 2
    } else {
      if (text[at] === '"' || text[at] === '\r' || text[at] === '\n') throw new Error('This has to be quoted.')
      cell += text[at]
      at += 1
    }
  }
  if (cell !== '' || row.length > 0) throw new Error('The last line does not end.')
  return rows
}

const tableOf = async (...given: Parameters<typeof exportPieces>) => {
  const text = await textOf(...given)
  expect(text.startsWith('\uFEFF')).toBe(true)
  const [names = [], ...rows] = parseCsv(text.slice(1))
  return { names, rows: rows.map((row) => Object.fromEntries(names.map((name, at) => [name, row[at]]))) }
}

const order = {
  ...buildConversation({
    id: 'c1',
    name: 'Order "1043",\r\nsecond half',
    contactId: 'k1',
    botId: 'b1',
    meta: { team: 'red', amount: 3 },
    createdAt: Date.UTC(2026, 0, 1, 8),
    updatedAt: Date.UTC(2026, 0, 2, 9, 30),
  }),
  messages: [
    buildMessage({ id: 'm1', type: 'context', text: 'A customer', createdAt: 1 }),
    buildMessage({ id: 'm2', type: 'user', text: 'Where is\nmy order?', createdAt: Date.UTC(2026, 0, 1, 8, 1) }),
    buildMessage({ id: 'm3', type: 'bot', text: 'On its way', createdAt: Date.UTC(2026, 0, 1, 8, 2) }),
  ],
  votes: [
    { vote: 'up' as const, messageId: 'm3', reason: 'fast' },
    { vote: 'down' as const, reason: 'unclear' },
    { vote: 'up' as const },
  ],
}

describe('a table', () => {
  test('has one row a conversation, with its votes and times', async () => {
    const { names, rows } = await tableOf([order], 'csv')
    expect(names).toEqual([
      'id',
      'name',
      'description',
      'createdAt',
      'updatedAt',
      'contactId',
      'botId',
      'taskId',
      'model',
      'userMessages',
      'botMessages',
      'firstMessageAt',
      'lastMessageAt',
      'lastSpeaker',
      'upvotes',
      'downvotes',
      'voteReasons',
      'meta',
    ])
    expect(rows).toEqual([
      {
        id: 'c1',
        name: 'Order "1043",\r\nsecond half',
        description: '',
        createdAt: '2026-01-01T08:00:00.000Z',
        updatedAt: '2026-01-02T09:30:00.000Z',
        contactId: 'k1',
        botId: 'b1',
        taskId: '',
        model: '',
        userMessages: '1',
        botMessages: '1',
        firstMessageAt: '2026-01-01T08:01:00.000Z',
        lastMessageAt: '2026-01-01T08:02:00.000Z',
        lastSpeaker: 'bot',
        upvotes: '2',
        downvotes: '1',
        voteReasons: 'fast\nunclear',
        meta: '{"team":"red","amount":3}',
      },
    ])
  })

  test('has one row a message, for those who count', async () => {
    const { rows } = await tableOf([order, { ...order, id: 'c2', messages: [] }], 'csvMessages')
    expect(
      rows.map(({ conversationId, id, type, text, vote, voteReason }) => [
        conversationId,
        id,
        type,
        text,
        vote,
        voteReason,
      ]),
    ).toEqual([
      ['c1', 'm1', 'context', 'A customer', '', ''],
      ['c1', 'm2', 'user', 'Where is\nmy order?', '', ''],
      ['c1', 'm3', 'bot', 'On its way', 'up', 'fast'],
    ])
  })

  test('of nothing still says what its columns are', async () => {
    expect((await tableOf([], 'csv')).rows).toEqual([])
  })

  test('gives back every text that is no formula', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
        const { rows } = await tableOf([{ ...order, messages: [buildMessage({ text })] }], 'csvMessages')
        const read = rows[0]!.text!
        const held = text.replaceAll('\0', '\uFFFD')
        // What begins like a formula does so behind the apostrophe only.
        const formula = /^[=+\-@\t\r]/.test(held) && Number.isNaN(Number(held))
        const plain = (each: string) => each.replaceAll(/(?<=[;|\t\r\n])'/g, '')
        expect((formula ? [`'${held}`] : [held, `'${held}`]).map(plain)).toContain(plain(read))
      }),
    )
  })
})

describe('a cell', () => {
  const BEGINNINGS = ['=', '+', '-', '@', '\t', '\r', '\uFF1D', '\uFF0B', '\uFF0D', '\uFF20']
  test.each(
    BEGINNINGS.flatMap((sign) => [
      `${sign}1+1`,
      `${sign}cmd|' /C calc'!A0`,
      ` ${sign}HYPERLINK("https://evil.example")`,
      `"${sign}1+1`,
      `\u00A0'${sign}1+1`,
      `\u200B${sign}1+1`,
      `\n${sign}1+1`,
      `\u0001${sign}1+1`,
    ]),
  )('%j is no formula', (text) => {
    const [[read = ''] = []] = parseCsv(`${csvCell(text)}\r\n`)
    // Where the quotes say nothing, a line is a row of its own.
    expect(read.replace("\n'", '\n')).toBe(`'${text}`)
  })

  test.each(['-5', '+49', '3.14', '-1.5e-7', '1,000.50', '-1.000,50', '-0', '0123', '100', '+1e5'])(
    'the number %s stays a number',
    (text) => {
      expect(parseCsv(`${csvCell(text)}\r\n`)).toEqual([[text]])
    },
  )

  test.each(['-5+3', '+1-555-0123', '-', '--1', '+49 170 1234', '-1e9999', '=5'])('%s is none', (text) => {
    expect(parseCsv(`${csvCell(text)}\r\n`)).toEqual([[`'${text}`]])
  })

  test('does not begin a formula where another country parts its columns', () => {
    for (const mark of [';', '\t', '|', '\n', '\r\n']) {
      expect(csvCell(`a${mark}=1+1`)).toBe(`"a${mark}'=1+1"`)
      expect(csvCell(`a${mark} @SUM(1)`)).toBe(`"a${mark}' @SUM(1)"`)
    }
    expect(csvCell('a,=1+1')).toBe('"a,=1+1"')
    // A list is no formula, and no number either.
    expect(csvCell('Two:\n- one\n+ two')).toBe('"Two:\n- one\n+ two"')
  })

  test('holds no half of a letter, and no end of a text', () => {
    expect(csvCell('a\uD800b\0c')).toBe('a\uFFFDb\uFFFDc')
  })
})
