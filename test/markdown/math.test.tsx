import { cleanup, render } from '@testing-library/react'
import { Markdown } from 'conversation-kit'
import type { CodeRenderer } from 'conversation-kit'
import { afterEach, describe, expect, test } from 'vitest'

afterEach(cleanup)

const Formula: CodeRenderer = ({ text, closed, inline }) => <var data-shown={`${closed} ${inline}`}>{text}</var>
const OWN = { math: Formula }

const element = (text: string, streaming: boolean, code?: typeof OWN) => (
  <Markdown text={text} streaming={streaming} {...(code && { code })} />
)
/** The words as they are seen, a formula in braces of its own. */
function shown(container: HTMLElement): string {
  for (const formula of container.querySelectorAll('var')) formula.textContent = `⟨${formula.textContent}⟩`
  return container.textContent
}
const read = (text: string, streaming = false) => shown(render(element(text, streaming, OWN)).container)

describe('a formula in a sentence, where the page shows formulas', () => {
  test.each([
    ['so $x^2$ is', 'so ⟨x^2⟩ is'],
    ['$a$ and $b$', '⟨a⟩ and ⟨b⟩'],
    ['the $n$-th, the $k$th, ($y$).', 'the ⟨n⟩-th, the ⟨k⟩th, (⟨y⟩).'],
    ['$a_1 * b_2 * c$ and $d_1*e*$', '⟨a_1 * b_2 * c⟩ and ⟨d_1*e*⟩'],
    ['$a\nb$', '⟨a\nb⟩'],
    ['$$  \na  \n= b\n$$', '⟨a  \n= b⟩'],
    [String.raw`$\{x\} \\ \$5$`, String.raw`⟨\{x\} \\ \$5⟩`],
    ['$f[x](t)$', '⟨f[x](t)⟩'],
    ['$a < b & c$', '⟨a < b & c⟩'],
    ['so $$x^2$$ is', 'so ⟨x^2⟩ is'],
    ['so $$ x^2 $$ is', 'so ⟨x^2⟩ is'],
    ['*the $x*y$ of* **it $z$**', 'the ⟨x*y⟩ of it ⟨z⟩'],
    ['[the $x[0]$ of](https://a.example) it', 'the ⟨x[0]⟩ of it'],
    ['# All $x$', 'All ⟨x⟩'],
    ['- [x] $x$', '⟨x⟩'],
    ['|$x$|\n|-|\n|$y$|', '⟨x⟩⟨y⟩'],
    [`$${'x + '.repeat(100)}y$`, `⟨${'x + '.repeat(100)}y⟩`],
  ])('is shown by it: %j', (text, expected) => {
    expect(read(text)).toBe(expected)
  })

  test.each([
    ['costs $5 and $6', 'costs $5 and $6'],
    ['costs $5-$6, or $7', 'costs $5-$6, or $7'],
    ['US$5, A$6', 'US$5, A$6'],
    ['a $ b$ and $c $', 'a $ b$ and $c $'],
    [String.raw`\$x$ and $y\$`, '$x$ and $y$'],
    ['`$x$` and ``$y$``', '$x$ and $y$'],
    ['costs $5; `$HOME` is', 'costs $5; $HOME is'],
    ['costs $5, see [it](https://a.example/$b$) or $6', 'costs $5, see it or $6'],
    [
      'costs $5, see https://a.example/$b$ or <https://a.example/$c$>',
      'costs $5, see https://a.example/$b$ or https://a.example/$c$',
    ],
    ['costs $5, see [it](https://a.example) in US$.', 'costs $5, see it in US$.'],
    ['$x\n\ny$', '$xy$'],
    ['$x', '$x'],
    ['$', '$'],
    ['$$', '$$'],
    ['$$$x$$$', '$$$x$$$'],
    ['$$a$b$$', '$$a$b$$'],
    ['$x$5', '$x$5'],
  ])('and what is none stays text: %j', (text, expected) => {
    expect(read(text)).toBe(expected)
  })

  test('leads nowhere else: the address of a link has its dollars', () => {
    const { container } = render(element('[$x$](https://a.example/$b$/$c$)', false, OWN))
    expect(container.querySelector('a')?.href).toBe('https://a.example/$b$/$c$')
    expect(shown(container)).toBe('⟨x⟩')
  })

  test('is said to be in a sentence, unlike a block', () => {
    const { container } = render(element('so $x$:\n\n```math\ny\n```', false, OWN))
    expect([...container.querySelectorAll('var')].map(({ dataset }) => dataset.shown)).toEqual([
      'true true',
      'true false',
    ])
  })

  test('is text where the page shows none, and is shown as soon as it does', () => {
    const view = render(element('so $x^2$ is', false))
    expect(view.container.textContent).toBe('so $x^2$ is')
    view.rerender(element('so $x^2$ is', false, OWN))
    expect(shown(view.container)).toBe('so ⟨x^2⟩ is')
  })

  test('is text until it is closed, and the words before it stay where they are', () => {
    const text = `${'Many words come before it. '.repeat(12)}So *it is* $a_1 + b_2$ then.`
    const view = render(element(text.slice(0, text.indexOf('$')), true, OWN))
    const before = [...view.container.querySelectorAll('em')]
    const seen: (string | undefined)[] = []
    for (let end = text.indexOf('$') + 1; end <= text.length; end += 1) {
      view.rerender(element(text.slice(0, end), true, OWN))
      const formula = view.container.querySelector('var')
      seen.push(formula ? formula.textContent : view.container.textContent.split('it is ')[1])
    }
    expect([...new Set(seen)]).toEqual([
      '$',
      '$a',
      '$a_1',
      '$a_1 ',
      '$a_1 +',
      '$a_1 + ',
      '$a_1 + b',
      '$a_1 + b_2',
      '$a_1 + b_2$',
      'a_1 + b_2',
    ])
    expect([...view.container.querySelectorAll('em')]).toEqual(before)
    expect(before).toHaveLength(1)
  })
})
