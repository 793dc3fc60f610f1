import { isDeepStrictEqual } from 'node:util'
import { array, assert as check, constantFrom, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createScanner, scan } from '../../src/markdown/scan.ts'

const DOCUMENT = `# Title

A paragraph
of two lines.

- one
- two
  - nested

  more of two
3. third kind

\`\`\`ts
const a = '- not a list'

# not a heading
\`\`\`
> quoted
> twice
lazy

| a | b |
|---|:-:|
| 1 | 2 |

---
## Sub ##
* * *
end`

describe('blocks', () => {
  test('are read as they are meant', () => {
    const p = (...text: string[]) => ({ kind: 'paragraph', text: [text] })
    const none = undefined
    expect(scan(DOCUMENT)).toEqual([
      { kind: 'heading', depth: 1, text: [['Title']] },
      p('A paragraph\nof two lines.'),
      {
        kind: 'list',
        ordered: false,
        start: 1,
        loose: true,
        items: [
          { blocks: [p('one')] },
          {
            blocks: [
              p('two'),
              { kind: 'list', ordered: false, start: 1, loose: false, items: [{ blocks: [p('nested')] }] },
              p('more of two'),
            ],
          },
        ],
      },
      { kind: 'list', ordered: true, start: 3, loose: false, items: [{ blocks: [p('third kind')] }] },
      { kind: 'code', language: 'ts', parts: ["const a = '- not a list'\n\n# not a heading"], closed: true },
      { kind: 'quote', blocks: [p('quoted\ntwice\nlazy')] },
      {
        kind: 'table',
        align: [none, 'center'],
        head: [[['a']], [['b']]],
        rows: [[[['1']], [['2']]]],
      },
      { kind: 'rule' },
      { kind: 'heading', depth: 2, text: [['Sub']] },
      { kind: 'rule' },
      p('end'),
    ])
  })

  test('come out the same however the text arrives', () => {
    const pieces = array(
      constantFrom('#', ' ', '\n', '\n\n', '- ', '1. ', '> ', '```', '|', '-', 'word', '\t', '*', '\r\n'),
      {
        maxLength: 60,
      },
    )
    expect(() =>
      check(
        property(pieces, (parts) => {
          const scanner = createScanner()
          let text = ''
          let blocks = scanner.update(text)
          for (const part of parts) blocks = scanner.update((text += part))
          return isDeepStrictEqual(blocks, scan(text))
        }),
        { numRuns: 500 },
      ),
    ).not.toThrow()
  })

  test('that are closed stay the same objects while the text grows', () => {
    const scanner = createScanner()
    const [first] = scanner.update('One.\n\nTwo')
    const later = scanner.update('One.\n\nTwo and more.\n\nThree')
    expect(later[0]).toBe(first)
    expect(later).toHaveLength(3)
  })

  test('are read anew when the text is another one', () => {
    const scanner = createScanner()
    scanner.update('# One\n\ntwo')
    expect(scanner.update('other')).toEqual([{ kind: 'paragraph', text: [['other']] }])
  })

  test('of headings leave no gap in the outline', () => {
    const depths = scan('### a\n###### b\n# c\n### d').map((block) => block.kind === 'heading' && block.depth)
    expect(depths).toEqual([1, 2, 1, 2])
  })

  test('keep a number in a sentence from becoming a list', () => {
    expect(scan('It was in\n2019. A good year.')).toHaveLength(1)
  })

  test('of nothing but pipes stay words rather than a table of nothing', () => {
    expect(scan('A lane:\n\n|\n|')).toEqual([
      { kind: 'paragraph', text: [['A lane:']] },
      { kind: 'paragraph', text: [['|\n|']] },
    ])
  })

  test('without number become text', () => {
    const blocks = scan('# a\n'.repeat(10_000))
    expect(blocks.length).toBeLessThan(5000)
    expect(blocks.at(-1)?.kind).toBe('text')
  })
})
