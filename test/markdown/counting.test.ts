import { describe, expect, test } from 'vitest'
import { createScanner } from '../../src/markdown/scan.ts'
import type { Block } from '../../src/markdown/scan.ts'

const lines = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, at) => line(at)).join('\n')

const PROSE =
  'The quick fox jumps over the *lazy* dog, and `runs` away; see [the docs](https://docs.example/a/b) for **more of it**. '
const TABLE = `| a | b | c |\n|---|--:|---|\n${lines(500, (at) => `| ${at} | some \`code\` | **bold** text |`)}`
const LIST = lines(500, (at) => `- item ${at} of **many** that are listed`)
const CODE = `\`\`\`ts\n${lines(500, (at) => `  const value${at} = compute(${at}, "x") // note`)}\n\`\`\``

const ANSWER = lines(60, (at) =>
  [
    `## Part ${at}\n`,
    `${PROSE.repeat(5)}\n`,
    lines(8, (item) => `${item + 1}. One of the **things** to do with \`tool --flag\``),
    `\n> ${PROSE}\n`,
    CODE.slice(0, 500),
    '```\n',
    TABLE.slice(0, 400),
    '\n',
  ].join('\n'),
)

/** How many characters were looked at for each one of the text, when it comes in tokens of four. */
function readFor(text: string): number {
  let looked = 0
  const scanner = createScanner({ count: (characters) => (looked += characters) })
  for (let end = 4; end < text.length + 4; end += 4) scanner.update(text.slice(0, end), true)
  scanner.update(text)
  return looked / text.length
}

describe('an answer of 20,000 tokens', () => {
  test('is looked at three times at most, in blocks and in their text', () => {
    expect(ANSWER.length).toBeGreaterThan(80_000)
    expect(readFor(ANSWER)).toBeLessThan(3)
  })

  test.each([
    ['a paragraph', PROSE.repeat(170)],
    ['a paragraph of many lines', lines(500, () => 'some words, and *others* for a line')],
    ['a list', LIST],
    ['a list of tasks', LIST.replaceAll('- ', '- [ ] ')],
    ['a table', TABLE],
    ['a program', CODE],
    ['a quote', lines(500, () => '> some words, and *others* for a line')],
    ['a heading', `# ${PROSE.repeat(170)}`],
    ['a list in a list', `- one\n${LIST.replaceAll(/^/gm, '  ')}`],
    ['a note', `[^1]: ${PROSE.repeat(170)}`],
    ['a paragraph with an emphasis that is never closed', `*${PROSE.repeat(170)}`],
    ['a paragraph with a bracket that is never closed', `[${PROSE.repeat(170)}`],
  ])('and so is %s of 20 kB', (_, text) => {
    expect(readFor(text)).toBeLessThan(3)
  })

  test('and code in a sentence that is never closed costs no more than being read twice', () => {
    expect(readFor(`a \`\`${PROSE.repeat(170)}`)).toBeLessThan(6)
  })
})

/** Everything in a block that is the same object for as long as it is the same thing. */
function piecesOf(block: Block): readonly unknown[] {
  switch (block.kind) {
    case 'paragraph':
    case 'heading':
      return block.text
    case 'list':
      return block.items
    case 'table':
      return block.rows
    case 'code':
      return block.parts
    default:
      return []
  }
}

describe('what is closed in a block that grows', () => {
  test.each([
    ['the runs of a paragraph', PROSE.repeat(40), 15],
    ['the items of a list', LIST.slice(0, 4000), 80],
    ['the rows of a table', TABLE.slice(0, 4000), 80],
    ['the parts of a program', CODE.slice(0, 8000), 6],
  ])('stays the same: %s', (_, text, count) => {
    const scanner = createScanner()
    let before: readonly unknown[] = []
    for (let end = 30; end < text.length; end += 7) {
      const [block] = scanner.update(text.slice(0, end), true)
      const after = piecesOf(block!)
      // Only the last one grows; a part may be new behind it.
      expect(after.length).toBeGreaterThanOrEqual(before.length)
      for (let at = 0; at < before.length - 1; at += 1) expect(after[at] === before[at], `${at} at ${end}`).toBe(true)
      before = after
    }
    expect(before.length).toBeGreaterThan(count)
  })
})
