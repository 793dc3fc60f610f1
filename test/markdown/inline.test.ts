import { array, assert as check, boolean, constantFrom, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseInline } from '../../src/markdown/inline.ts'
import type { Inline } from '../../src/markdown/inline.ts'
import { safeHref } from '../../src/markdown/links.ts'
import { toPlainText } from '../../src/markdown/plain.ts'
import { scan } from '../../src/markdown/scan.ts'

/** Far above what it takes anywhere, far below what work that grows with the square would take. Speed is a benchmark's business. */
const HANG_MS = 15_000

/** Short for reading: `**a**` is `strong(a)`. */
function show(nodes: readonly Inline[]): string {
  return nodes
    .map((node) => {
      if (typeof node === 'string') return node
      if (node.type === 'code') return `code(${node.text})`
      if (node.type === 'link') return `link<${node.href ?? ''}>(${show(node.children)})`
      if (node.type === 'image') return `image<${node.src ?? ''}>(${node.alt})`
      if (!('children' in node)) return JSON.stringify(node)
      return `${node.type}(${show(node.children)})`
    })
    .join('')
}

const read = (text: string) => show(parseInline(text))
const open = (text: string) => show(parseInline(text, true))

describe('the text of a block', () => {
  test.each([
    ['a *b* **c** ~~d~~', 'a em(b) strong(c) del(d)'],
    ['***both***', 'em(strong(both))'],
    ['**a *b* c**', 'strong(a em(b) c)'],
    ['2 * 3 * 4 and snake_case_name', '2 * 3 * 4 and snake_case_name'],
    ['`code *x*` and ``a`b``', 'code(code *x*) and code(a`b)'],
    ['\\*not\\*', '*not*'],
    ['&lt;b&gt; &amp; &#x41;', '<b> & A'],
    ['<script>alert(1)</script>', '<script>alert(1)</script>'],
    ['[a](https://b.example/c "title")', 'link<https://b.example/c>(a)'],
    ['[a *b*](https://b.example)', 'link<https://b.example/>(a em(b))'],
    ['[a](https://b.example/x_(y))', 'link<https://b.example/x_(y)>(a)'],
    ['see https://b.example/c.', 'see link<https://b.example/c>(https://b.example/c).'],
    ['www.b.example', 'link<https://www.b.example/>(www.b.example)'],
    // Where words are written without spaces an address follows one at once; the rest of a Latin word is none.
    ['見て：www.b.example 谢谢', '見て：link<https://www.b.example/>(www.b.example) 谢谢'],
    ['官网https://b.example/c 谢谢', '官网link<https://b.example/c>(https://b.example/c) 谢谢'],
    [
      '詳見https://b.example/ü。（https://b.example/日本）',
      '詳見link<https://b.example/%C3%BC>(https://b.example/ü)。（link<https://b.example/%E6%97%A5%E6%9C%AC>(https://b.example/日本)）',
    ],
    ['xhttps://b.example 1www.b.example', 'xhttps://b.example 1www.b.example'],
    ['「**強調**」です', '「strong(強調)」です'],
    ['“**a**”, ¡_b_! 1_c_', '“strong(a)”, ¡em(b)! 1_c_'],
    ['<mailto:a@b.example>', 'link<mailto:a@b.example>(a@b.example)'],
    ['![alt](https://b.example/i.png)', 'image<https://b.example/i.png>(alt)'],
    [
      '[![alt](https://b.example/i.png)](https://c.example)',
      'link<https://c.example/>(image<https://b.example/i.png>(alt))',
    ],
    ['[x] and a[0](1', '[x] and a[0](1'],
    ['**unfinished', '**unfinished'],
  ])('%s', (text, expected) => {
    expect(read(text)).toBe(expected)
  })

  test.each([
    ['**bold so f', 'strong(bold so f)'],
    ['**bold*', 'strong(bold)'],
    ['**', ''],
    ['a `code so', 'a code(code so)'],
    ['go [there](https://evil.exa', 'go link<>(there)'],
    ['at https://b.exam', 'at https://b.exam'],
    ['2 * 3', '2 * 3'],
  ])('is shown as what it is about to be: %s', (text, expected) => {
    expect(open(text)).toBe(expected)
  })

  test.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\nscript:alert(1)',
    '\u0001javascript:alert(1)',
    'data:text/html,<b>',
    'vbscript:x',
    'file:///etc/passwd',
    'blob:https://a.example/1',
    '/relative',
    '//host.example',
    '',
  ])('never leads to %j', (address) => {
    expect(safeHref(address)).toBeUndefined()
    const link = parseInline(`[a](${address})`).find((node) => typeof node === 'object' && node.type === 'link')
    expect(link && 'href' in link ? link.href : undefined).toBeUndefined()
  })

  test('loses no word, whatever the marks', () => {
    const words = array(
      constantFrom('*', '**', '_', '~~', '`', '[', ']', '](', ')', '!', '<', '>', '&', '\\', ' ', 'x', 'y'),
    )
    expect(() =>
      check(
        property(words, boolean(), (parts, growing) => {
          const text = parts.join('')
          const shown = show(parseInline(text, growing))
          // The address of a link is not shown, nor the label of one while it is being written; everything else is.
          const isHidden = text.includes('](') || (growing && text.includes(']['))
          return isHidden || shown.replaceAll(/[^xy]/g, '') === text.replaceAll(/[^xy]/g, '')
        }),
        { numRuns: 1000 },
      ),
    ).not.toThrow()
  })
})

describe('a hostile text of 100 kB', () => {
  const of = (piece: string) => piece.repeat(Math.ceil(100_000 / piece.length))
  test.each([
    ['[', of('[')],
    ['](', of('](')],
    ['[](', of('[](')],
    ['[a](b', of('[a](b')],
    ['*', of('*')],
    ['*a ', of('*a ')],
    ['a* ', of('a* ')],
    ['**a *b ', of('**a *b ')],
    ['_a*', of('_a*')],
    ['`', of('`')],
    ['` `` ', of('` `` ``` ')],
    ['ticks of every length', Array.from({ length: 440 }, (_, length) => '`'.repeat(length)).join(' ')],
    ['<', of('<')],
    ['<http:', of('<http:')],
    ['&', of('&')],
    ['\\', of('\\')],
    ['!', of('![')],
    ['~~', of('~~a ')],
    ['http://a)', of('http://a)))))')],
    ['www.', of('www.')],
    ['one long word', of('a')],
    ['spaces', `# a${of(' ')}b`],
    ['>', of('>')],
    ['> > ', of('> > ')],
    ['- - ', of('- ')],
    ['nested list', Array.from({ length: 440 }, (_, depth) => `${' '.repeat(depth * 2)}- a`).join('\n')],
    ['pipes', `${of('|')}\n${of('|-')}`],
    ['hashes', of('#')],
    ['# #', `# ${of('# ')}`],
    ['fences', of('```\n')],
    ['rule that is none', of('- ').concat('x')],
  ])('of %s is read in a moment', (_, text) => {
    const started = performance.now()
    scan(text)
    parseInline(text)
    parseInline(text, true)
    expect(performance.now() - started).toBeLessThan(HANG_MS)
  })
})

test('is said without its marks', () => {
  const text =
    '## Bread\n\nIt is **warm**, see [here](https://b.example).\n\n- `one`\n- two\n\n---\n\n| a | b |\n|--|--|\n| *1* | 2 |'
  expect(toPlainText(text)).toBe('Bread\nIt is warm, see here.\none\ntwo\na, b\n1, 2')
})
