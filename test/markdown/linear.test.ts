import { isDeepStrictEqual } from 'node:util'
import { array, assert as check, boolean, constantFrom, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createScanner, scan } from '../../src/markdown/scan.ts'
import { htmlOf } from './html.ts'

/** Far above what it takes anywhere, far below what work that grows with the square would take. Speed is a benchmark's business. */
const HANG_MS = 15_000

const of = (piece: string, length: number) => piece.repeat(Math.ceil(length / piece.length)).slice(0, length)
const lines = (length: number, line: (at: number) => string) =>
  Array.from({ length: Math.ceil(length / 12) }, (_, at) => line(at))
    .join('\n')
    .slice(0, length)

const PIECES = [
  '[',
  '](',
  '[](',
  '[a](b',
  '[a][b',
  '[a](b(',
  '[a](b()()()',
  '[a](\\(\\)',
  '"\'"\'[a](b"\'"\'"\'',
  '[a](b "',
  '[a](<b',
  '![',
  '[^a]',
  '[^a',
  '[x ',
  '*[',
  ']',
  '\\[',
  '*',
  '*a ',
  'a* ',
  '**a *b ',
  '_a*',
  '_',
  'a**b',
  '* a **b _c ~~d ',
  '~',
  '~~a ',
  '`',
  '` `` ``` ',
  '<',
  '<a ',
  '<http:',
  '<a@b',
  '&',
  '&a',
  '&#1',
  '\\',
  '$',
  '$a ',
  '$a$ ',
  '*a $b ',
  '*[$$a',
  '!',
  'http://',
  'http://a)))))',
  'www.',
  'a@',
  'a@b.',
  'a',
  ' ',
  '\t',
  '\n',
  '\r',
  '>',
  '> > ',
  '> - ',
  '- ',
  '1. ',
  '#',
  '# ',
  '=',
  '|',
  '|-',
  ':',
  'x\n',
  '-\n',
  'a\n=\n',
  'a\\\n',
  'a  \n',
  '```\n',
  '~~~\n',
  '[a]:',
  '[a]: b\n',
  '[a]: <\n',
  '[^a]: b\n',
  '|a|\n|-|\n',
  '- a\n\n',
  '    a\n\n',
  '<!--',
  '<div>',
]

const SHAPES: [string, (length: number) => string][] = [
  ...PIECES.map((piece): [string, (length: number) => string] => [
    JSON.stringify(piece),
    (length) => of(piece, length),
  ]),
  ['a list in a list in a list', (length) => lines(length, (at) => `${' '.repeat((at % 100) * 2)}- a`)],
  ['a table 1,000 wide', (length) => `${of('|a', 2000)}\n${of('|-', 2000)}\n${of('|b', length)}`],
  ['a table of 64 columns', (length) => `${of('|a', 128)}|\n${of('|-', 128)}|\n${of('b\n', length)}`],
  [
    'labels with definitions',
    (length) => `${lines(length / 2, (at) => `[a${at}]`)}\n\n${lines(length / 2, (at) => `[a${at}]: b`)}`,
  ],
  ['ticks of every length', (length) => of(lines(5000, (at) => '`'.repeat(at)).replaceAll('\n', ' '), length)],
  ['a rule that is none', (length) => `${of('- ', length)}x`],
  ['a heading with spaces', (length) => `# a${of(' ', length)}b`],
]

/** How often a character may be looked at. */
function mostLooks(text: string): number {
  // Each definition that comes by itself reads the text anew that asks for it.
  if (text.includes('[a1]')) return 100
  // An address may have sixteen parentheses in one another before it is none, and so may each that begins in it.
  return text.includes('](') ? 20 : 10
}

describe('a hostile text', () => {
  test.each(SHAPES)('of 50 kB of %s is read in a moment', (_, make) => {
    const text = make(50_000)
    const started = performance.now()
    for (const open of [false, true]) {
      let looked = 0
      createScanner({ math: true, count: (characters) => (looked += characters) }).update(text, open)
      expect(looked).toBeLessThan(text.length * 5)
    }
    expect(performance.now() - started).toBeLessThan(HANG_MS)
  })

  test.each(SHAPES)('of %s is looked at a few times only when it comes by the character', (_, make) => {
    const text = make(2500)
    let looked = 0
    const scanner = createScanner({ math: true, count: (characters) => (looked += characters) })
    const started = performance.now()
    for (let end = 1; end <= text.length; end += 1) scanner.update(text.slice(0, end), true)
    expect(scanner.update(text)).toEqual(createScanner({ math: true }).update(text))
    expect(looked).toBeLessThan(text.length * mostLooks(text))
    expect(performance.now() - started).toBeLessThan(HANG_MS)
  })

  test('finds nothing behind labels that objects have of themselves', () => {
    expect(htmlOf(scan('[constructor][] [a][toString] [hasOwnProperty]'))).toBe(
      '<p>[constructor][] [a][toString] [hasOwnProperty]</p>',
    )
    expect(htmlOf(scan('[__proto__]\n\n[__proto__]: https://b.example/'))).toBe(
      '<p><a href="https://b.example/"><strong>proto</strong></a></p>',
    )
  })
})

describe('a text that is still being written', () => {
  const PARTS = [
    '#',
    ' ',
    '\n',
    '\n\n',
    '- ',
    '1. ',
    '> ',
    '```',
    '|',
    '-',
    'word',
    '\t',
    '*',
    '**',
    '_',
    '~~',
    '\r\n',
    '`',
    '[',
    ']',
    '](',
  ].concat(
    [
      '](https://a.b/c "t")',
      '[a]',
      '[a]: https://x.y/\n',
      '[^1]',
      '[^1]: note',
      '![',
      '!',
      '(',
      ')',
      '<',
      '<https://q.r>',
    ],
    [
      '&amp;',
      '&',
      '\\',
      '    ',
      '===\n',
      '---\n',
      '| a | b |\n|---|---|\n| c |',
      ':',
      'https://a.b/c_d',
      'www.x.y',
      'a@b.cc',
    ],
    ['- [x] ', '"', '😀', `${'x'.repeat(90)} `, '2) ', '$', '$', '$$', '$x$', '\r', '\u2028'],
  )

  test('is the same whether it came at once or by the character, open and at its end', () => {
    const same = property(array(constantFrom(...PARTS), { maxLength: 25 }), boolean(), (parts, math) => {
      const text = parts.join('')
      const scanner = createScanner({ math })
      for (let end = 1; end < text.length; end += 1) scanner.update(text.slice(0, end), true)
      return (
        isDeepStrictEqual(scanner.update(text, true), createScanner({ math }).update(text, true)) &&
        isDeepStrictEqual(scanner.update(text), createScanner({ math }).update(text))
      )
    })
    expect(() => check(same, { numRuns: 300 })).not.toThrow()
  })

  test.each([
    '~~~\r~~',
    '```\u2028a',
    'a \r\r\n1. ',
    'a\r\uD83D\uDE00 b',
    'a\n\r\uD83D',
    'a &_xxxxxxxxxxxxx',
    '`a\uD83D',
  ])('is the same after each character as if it had come at once: %j', (text) => {
    const scanner = createScanner()
    for (let end = 1; end <= text.length; end += 1)
      for (const open of [true, false]) {
        const blocks = scanner.update(text.slice(0, end), open)
        expect(blocks, `${end} ${open}`).toEqual(createScanner().update(text.slice(0, end), open))
        expect(htmlOf(blocks)).not.toContain('null')
      }
  })

  test('that ends in half a letter ends before it, in the same line', () => {
    expect(htmlOf(scan('One \uD83D'))).toBe('<p>One</p>')
  })

  /** What is seen of every beginning of a text, each once. */
  function seen(text: string): string[] {
    const scanner = createScanner()
    const all = Array.from({ length: text.length }, (_, at) => htmlOf(scanner.update(text.slice(0, at + 1), true)))
    return all.filter((html, at) => html !== all[at - 1])
  }

  test.each([
    ['**bo**', ['', '<p><strong>b</strong></p>', '<p><strong>bo</strong></p>']],
    ['`a`', ['', '<p><code>a</code></p>']],
    ['[a](https://b.example/)', ['', '<p><a>a</a></p>', '<p><a href="https://b.example/">a</a></p>']],
    ['~~a~~', ['', '<p><del>a</del></p>']],
    ['~5 to ~6', ['', '<p>~5</p>', '<p>~5 </p>', '<p>~5 t</p>', '<p>~5 to</p>', '<p>~5 to </p>', '<p>~5 to ~6</p>']],
    ['# A', ['', '<h1>A</h1>']],
    ['- [x] a', ['', '<ul>\n<li><input type="checkbox" checked /> a</li>\n</ul>']],
    ['A\n- b', ['<p>A</p>', '<p>A</p>\n<ul>\n<li>b</li>\n</ul>']],
    ['A\n---\n', ['<p>A</p>', '<h1>A</h1>']],
    [
      '```js\na\n```\n',
      ['', '<pre><code class="language-js"></code></pre>', '<pre><code class="language-js">a\n</code></pre>'],
    ],
    ['|a|\n|-|\n', ['', '<table><thead><tr><th>a</th></tr></thead></table>']],
    ['a [^1]', ['<p>a</p>', '<p>a </p>', '<p>a <sup>1</sup></p>']],
    ['[a]: https://b.example/\n', ['', '<p><a>a</a></p>', '']],
  ])('is shown as what it is about to be: %j', (text, stages) => {
    expect(seen(text)).toEqual(stages)
  })

  test('names no address that is not all there', () => {
    const text =
      'See [a](https://one.example/x "t"), ![b](https://two.example/y.png), <https://three.example/z>, https://four.example/w and [c].\n\n[c]: https://five.example/v\n\nEnd'
    const whole = new Set(['one.example/x', 'two.example/y.png', 'three.example/z', 'four.example/w', 'five.example/v'])
    const scanner = createScanner()
    for (let end = 1; end <= text.length; end += 1) {
      const html = htmlOf(scanner.update(text.slice(0, end), true))
      for (const [, address] of html.matchAll(/(?:href|src)="https:\/\/([^"]*)"/g)) expect(whole).toContain(address)
    }
    expect([...htmlOf(scanner.update(text)).matchAll(/(?:href|src)=/g)]).toHaveLength(5)
  })

  test('changes only the blocks that use a label when its definition comes', () => {
    const scanner = createScanner()
    const before = scanner.update('One [a].\n\nTwo [b].\n\n- Three [a]\n- Four\n\nFive\n\n', true)
    const after = scanner.update(
      'One [a].\n\nTwo [b].\n\n- Three [a]\n- Four\n\nFive\n\n[a]: https://b.example/\n\n',
      true,
    )
    expect(after.map((block, at) => block === before[at])).toEqual([false, true, false, true])
    expect(htmlOf(after)).toContain('<li>Three <a href="https://b.example/">a</a></li>')
  })
})
