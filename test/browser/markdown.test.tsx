import '../../src/styles/index.css'
import { cleanup, render, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { Markdown } from 'conversation-kit'
import { createElement } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { afterEach, expect, test } from 'vitest'

afterEach(cleanup)

/** A place on the page for a text that is written, without a test library in between. */
function sheet() {
  const box = document.body.appendChild(document.createElement('div'))
  box.style.inlineSize = '480px'
  const root = createRoot(box)
  return {
    box,
    show: (props: Parameters<typeof Markdown>[0]) => flushSync(() => root.render(createElement(Markdown, props))),
    leave: () => {
      root.unmount()
      box.remove()
    },
  }
}

test('a program of 20 kB that is written touches only its last lines', async () => {
  const { box, show, leave } = sheet()
  const lines = Array.from({ length: 500 }, (_, at) => `const value${at} = compute(alpha, beta) // ${at}\n`)
  let text = '```none\n'
  show({ text, streaming: true })
  let most = 0
  const observer = new MutationObserver(() => {})
  observer.observe(box, { subtree: true, childList: true, characterData: true })
  for (const line of lines) {
    for (const half of [line.slice(0, 20), line.slice(20)]) {
      text += half
      show({ text, streaming: true })
      const changed = observer
        .takeRecords()
        .reduce((sum, { target, addedNodes }) => sum + (addedNodes.length > 0 ? 0 : target.textContent!.length), 0)
      most = Math.max(most, changed)
    }
  }
  expect(most).toBeGreaterThan(0)
  expect(most).toBeLessThan(4000)
  expect(box.querySelector('code')!.textContent.trimEnd()).toBe(lines.join('').trimEnd())
  leave()
})

test('a long text has the same room between all of its blocks, also where the browser lays them out in boxes', () => {
  const { box, show, leave } = sheet()
  const kinds = ['A sentence.', '- item', '> quote', '```\ncode\n```', '| a |\n|---|\n| b |', '## Heading', '---']
  const gapsOf = (texts: readonly string[]) => {
    show({ text: texts.join('\n\n') })
    const blocks = [...box.querySelectorAll('[data-ck="markdown"] > *, .ck-blocks > *')].filter(
      (block) => block.className !== 'ck-blocks',
    )
    expect(blocks).toHaveLength(texts.length)
    return blocks
      .slice(1)
      .map((block, at) => block.getBoundingClientRect().top - blocks[at]!.getBoundingClientRect().bottom)
  }
  for (const kind of kinds) {
    const gap = gapsOf(['A sentence.', kind, 'A sentence.'])
    // The 33rd is the first of a box, the 32nd the last in front of it.
    for (const before of [31, 32]) {
      const sentences = Array.from({ length: before }, () => 'A sentence.')
      const gaps = gapsOf(sentences.concat(kind, 'A sentence.'))
      expect(gaps.slice(-2), `${kind} after ${before}`).toEqual(gap)
    }
  }
  leave()
})

const PROGRAMS: Record<string, string> = {
  js: '/**\n * A comment.\n */\nexport const a = `one\n\n${two} three`\n\n\n// end\n',
  python: 'class A:\n    """Text\n\n    more text"""\n\n    def b(self):\n        return f"{self.c}"',
  css: '@media print {\n  .a::before {\n    content: "x";\n    font-weight: bold;\n  }\n}',
  markdown: '# Title\n\n**bold** *slanted*\n\n- item',
  xml: '<a b="c">\n  <!-- d -->\n</a>',
}

test.each(Object.entries(PROGRAMS))('the colours of %s change neither the text nor its height', async (name, code) => {
  const { box, show, leave } = sheet()
  show({ text: `\`\`\`${name}\n${code}`, streaming: true })
  show({ text: `\`\`\`${name}\n${code}\n\`\`\`` })
  const program = box.querySelector('pre')!
  const before = { height: program.getBoundingClientRect().height, text: program.textContent }
  await waitFor(() => expect(program.querySelector('.ck-token')).toBeTruthy(), { timeout: 10_000 })
  expect({ height: program.getBoundingClientRect().height, text: program.textContent }).toEqual(before)
  leave()
})

test('a block in an item is as far from the words before it in a tight list as in a loose one', () => {
  const { box, show, leave } = sheet()
  const blocks = {
    pre: '```\n  code\n  ```',
    blockquote: '> quote',
    table: '| a |\n  |---|\n  | b |',
    h3: '# Head',
    ol: '1. one',
  }
  for (const mark of ['-', '1.', '- [ ]'])
    for (const [name, block] of Object.entries(blocks)) {
      const gaps = ['\n', '\n\n'].map((between) => {
        show({
          text: `${mark} **words**${between}${mark === '1.' ? block.replaceAll(/^ {0,2}/gm, '   ') : `  ${block}`}`,
        })
        const words = box.querySelector('strong')!.getBoundingClientRect()
        const inner = box.querySelector(`li ${name}`)!
        const keepsSpaces = getComputedStyle(inner).whiteSpace === 'pre-wrap'
        expect(keepsSpaces && (name === 'h3' || name === 'table'), name).toBe(false)
        const outer = inner.closest('.ck-program, .ck-table-scroll') ?? inner
        return outer.getBoundingClientRect().top - words.bottom
      })
      expect(gaps[0], `${mark} ${name}`).toBeCloseTo(gaps[1]!, 0)
      expect(gaps[0], `${mark} ${name}`).toBeGreaterThan(0)
    }
  leave()
})

test('the arrow of a link that leads elsewhere is on the line of its last word, however narrow the page', () => {
  const { box, show, leave } = sheet()
  show({ text: 'All of it is in [the notes on each](https://example.com/notes).' })
  const link = box.querySelector<HTMLElement>('a[data-external]')!
  const arrow = parseFloat(getComputedStyle(link, '::after').paddingInlineEnd)
  expect(arrow).toBeGreaterThan(4)
  const heights = new Set<number>()
  for (let width = 80; width < 400; width += 1) {
    box.style.inlineSize = `${width}px`
    const rects = [...link.getClientRects()]
    const last = rects.filter(({ top }) => Math.abs(top - rects.at(-1)!.top) < 5)
    heights.add(box.offsetHeight)
    expect(
      last.reduce((sum, rect) => sum + rect.width, 0),
      `at ${width} px`,
    ).toBeGreaterThan(arrow * 2)
  }
  expect(heights.size).toBeGreaterThan(2)
  leave()
})

test('a program of more than two pieces has the colours of one', async () => {
  const part = (at: number) =>
    `/* A comment\n\nof two parts ${at} */\nexport function f${at}() {\n  return "text ${at}"\n}\n\n`
  const code = Array.from({ length: 80 }, (_, at) => part(at)).join('')
  render(<Markdown text={`\`\`\`ts\n${code}\n\`\`\``} />)
  const all = () => [...document.querySelectorAll('.ck-token[data-kind="comment"]')].map((token) => token.textContent)
  await waitFor(() => expect(all()).toHaveLength(80), { timeout: 10_000 })
  expect(all()).toEqual(Array.from({ length: 80 }, (_, at) => `/* A comment\n\nof two parts ${at} */`))
})

test('a language that is not known, and a program that is very long, stay as they are', async () => {
  const long = 'const a = 1\n'.repeat(5000)
  render(
    <Markdown
      text={`\`\`\`nonsense\nconst a = 1\n\`\`\`\n\n\`\`\`js\n${long}\n\`\`\`\n\n\`\`\`js\nconst b = 2\n\`\`\``}
    />,
  )
  await waitFor(() => expect(document.querySelector('figure:last-of-type .ck-token')).toBeTruthy(), { timeout: 10_000 })
  const [unknown, tooLong] = document.querySelectorAll('figure')
  expect(unknown!.querySelector('.ck-token')).toBeNull()
  // It comes in pieces, not to hold the page.
  const text = () => tooLong!.querySelector('pre')!.textContent.trimEnd()
  await waitFor(() => expect(text()).toHaveLength(long.trimEnd().length), { timeout: 10_000 })
  expect(text()).toBe(long.trimEnd())
  expect(tooLong!.querySelector('.ck-token')).toBeNull()
})

const SAMPLE = `## A title

Some **strong and *slanted* words**, \`code\`, ~~gone~~, a [link](https://a.example/path "title") and another sentence.

- one **item**
- [x] two
  1. inner

> a quote

| a | b |
|---|:-:|
| 1 | *2* |

\`\`\`none
const a = 1
\`\`\`

The end.
`

test('nothing that is shown is taken away again while a text is written letter by letter', async () => {
  const { box, show, leave } = sheet()
  show({ text: '', streaming: true })
  const gone: string[] = []
  const observer = new MutationObserver(() => {})
  observer.observe(box, { subtree: true, childList: true })
  for (let end = 1; end <= SAMPLE.length; end += 1) {
    show({ text: SAMPLE.slice(0, end), streaming: true })
    for (const { removedNodes } of observer.takeRecords())
      for (const node of removedNodes)
        if (node instanceof Element) gone.push(`${node.outerHTML} at ${JSON.stringify(SAMPLE.slice(end - 12, end))}`)
  }
  show({ text: SAMPLE })
  expect(gone).toEqual([])
  expect(box.querySelector('strong > em')!.textContent).toBe('slanted')
  expect(box.querySelector('td em')!.textContent).toBe('2')
  leave()
})

test('a picture from elsewhere is asked for when the reader wants it, one from an allowed origin has its place at once', async () => {
  const user = userEvent.setup()
  const { origin } = location
  const text = `![Mine](${origin}/none/mine.png) ![Theirs](https://pictures.invalid/theirs.png) ![Like mine](${location.protocol}//${location.hostname}.invalid/x.png) ![Data](data:image/png;base64,iVBORw0KGgo=)`
  render(<Markdown text={text} images={[origin]} />)
  const mine = await screen.findByRole('img', { name: 'Mine' })
  expect(mine.getAttribute('src')).toBe(`${origin}/none/mine.png`)
  expect(mine.getAttribute('loading')).toBe('lazy')
  expect(mine.getAttribute('referrerpolicy')).toBe('no-referrer')
  const { width, height } = mine.getBoundingClientRect()
  expect(Math.min(width, height)).toBeGreaterThan(100)
  expect(document.querySelectorAll('img')).toHaveLength(1)
  const buttons = screen.getAllByRole('button', { name: 'Show image' })
  expect(buttons).toHaveLength(2)
  expect(screen.getByText('pictures.invalid')).toBeTruthy()
  await user.click(buttons[0]!)
  expect(document.querySelector('img[src="https://pictures.invalid/theirs.png"]')).toBeTruthy()
  // What cannot be had leaves its text in its place.
  await waitFor(() => expect(screen.getByText('Theirs')).toBeTruthy(), { timeout: 10_000 })
})

test('nothing is asked for while an address is still being written', () => {
  const { box, show, leave } = sheet()
  const text = `![A picture](${location.origin}/picture.png "Its title")`
  for (let end = 1; end < text.length; end += 1) {
    show({ text: text.slice(0, end), streaming: true, images: () => true })
    expect(box.querySelector('img, [href]')).toBeNull()
  }
  leave()
})
