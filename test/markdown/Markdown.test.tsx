import { cleanup, render, screen, waitFor } from '@testing-library/react'
import { Markdown } from 'conversation-kit'
import { userEvent } from '@testing-library/user-event'
import { Profiler } from 'react'
import { afterEach, describe, expect, test } from 'vitest'

afterEach(cleanup)

const show = (text: string, streaming = false) => render(<Markdown text={text} streaming={streaming} />)

/** What React has noted last of an element: each rendering of what it is in makes another one. */
const propsOf = (element: HTMLElement): unknown => {
  const name = Object.keys(element).find((key) => key.startsWith('__reactProps$'))
  return name && element[name as keyof HTMLElement]
}

describe('a text', () => {
  test('becomes elements', () => {
    const { container } = show(
      '## One\n\n- [x] two\n- [ ] three\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n> four\n\n---\n\n3. five',
    )
    expect(container.querySelector('h3')?.textContent).toBe('One')
    expect([...container.querySelectorAll('input')].map((box) => box.checked)).toEqual([true, false])
    expect(screen.getByRole('checkbox', { name: 'Done' })).toBeTruthy()
    expect([...container.querySelectorAll('td')].map((cell) => [cell.textContent, cell.dataset.align])).toEqual([
      ['1', undefined],
      ['2', 'end'],
    ])
    expect(container.querySelector('blockquote')?.textContent).toBe('four')
    expect(container.querySelector('ol')?.start).toBe(3)
    expect(container.querySelector('hr')).toBeTruthy()
  })

  test('never becomes an image, a script or a link that runs something', () => {
    const { container } = show(
      '<script>1</script> ![i](https://evil.example/p.png) [x](javascript:1) [y](data:text/html,1) <iframe src=x> <https://a.example>',
    )
    expect(container.querySelector('img, script, iframe')).toBeNull()
    const links = [...container.querySelectorAll('a')]
    expect(links.map((link) => link.href)).toEqual(['https://a.example/'])
    expect(links.every((link) => link.rel === 'noopener noreferrer nofollow' && link.target === '_blank')).toBe(true)
  })

  test('has a program that can be copied, once it is all there', async () => {
    const user = userEvent.setup()
    const view = show('```js\nconst a = 1', true)
    expect(screen.queryByRole('button')).toBeNull()
    view.rerender(<Markdown text={'```js\nconst a = 1\n```\n'} streaming />)
    await user.click(screen.getByRole('button', { name: 'Copy' }))
    expect(await navigator.clipboard.readText()).toBe('const a = 1')
    expect(screen.getByRole('button', { name: 'Copied' })).toBeTruthy()
  })

  test('has a name for all that scrolls and is reached with the keyboard: the heads of a table, the language of a program', () => {
    const { container } = show('| City | Price |\n|---|---|\n| Porto | 1 |\n\n| Day |\n|-|\n\n```ts\n1\n```')
    const reached = [...container.querySelectorAll('[tabindex="0"]')]
    expect(reached).toEqual([
      screen.getByRole('group', { name: 'City Price' }),
      screen.getByRole('group', { name: 'Day' }),
      screen.getByRole('group', { name: 'ts' }),
    ])
  })

  test('that grows leaves the elements of its closed blocks alone', async () => {
    const closed = '# Title\n\nA paragraph.\n\n- one\n- two\n\n'
    const view = show(`${closed}The`, true)
    const before = [...view.container.firstElementChild!.children].slice(0, 3)
    const changes: Node[] = []
    const observer = new MutationObserver((records) => changes.push(...records.map(({ target }) => target)))
    observer.observe(view.container, { subtree: true, childList: true, characterData: true, attributes: true })
    let text = `${closed}The`
    for (const word of [' end', ' of', ' **it', '**', '.\n\nAnd', ' more']) {
      text += word
      view.rerender(<Markdown text={text} streaming />)
    }
    await Promise.resolve()
    changes.push(...observer.takeRecords().map(({ target }) => target))
    expect([...view.container.firstElementChild!.children].slice(0, 3)).toEqual(before)
    expect(changes.length).toBeGreaterThan(0)
    expect(changes.filter((node) => before.some((block) => block.contains(node)))).toEqual([])
  })

  test('keeps the elements of its blocks, rows and items, however many come after them', () => {
    const text =
      Array.from({ length: 70 }, (_, at) => `Paragraph ${at} of **many**.`).join('\n\n') +
      `\n\n${Array.from({ length: 70 }, (_, at) => `- item ${at}\n`).join('')}` +
      `\n| a |\n|---|\n${Array.from({ length: 70 }, (_, at) => `| row ${at} |\n`).join('')}`
    const view = show('', true)
    const first = new Map<string, Element>()
    const moved: string[] = []
    for (let end = 7; end < text.length + 7; end += 7) {
      view.rerender(<Markdown text={text.slice(0, end)} streaming />)
      for (const element of view.container.querySelectorAll('p, li, td')) {
        const words = element.localName + /\d+(?= |$)/.exec(element.textContent)?.[0]
        if (!element.nextElementSibling) continue
        if (!first.has(words)) first.set(words, element)
        else if (first.get(words) !== element) moved.push(words)
      }
    }
    view.rerender(<Markdown text={text} />)
    expect(moved).toEqual([])
    expect(first.size).toBeGreaterThan(100)
    expect([...first.values()].every((element) => element.isConnected)).toBe(true)
    expect(view.container.querySelectorAll('p')).toHaveLength(70)
  })

  test.each([
    ['The first words', ['The first words, **bold', 'The first words, **bold** and `code`.\n\nMore']],
    ['**The first words', ['**The first words and `co', '**The first words and `code`** more']],
    ['[The first words', ['[The first words *of', '[The first words *of* a link](https://a.example) more']],
    ['- The first words', ['- The first words ~~and', '- The first words ~~and~~\n\n  More']],
    [
      '| a |\n|---|\n| The first words',
      ['| a |\n|---|\n| The first words `co', '| a |\n|---|\n| The first words `code` |\n'],
    ],
  ])('that is being written keeps what a reader has selected in it: %s', (beginning, further) => {
    const view = show(beginning, true)
    const walker = document.createTreeWalker(view.container, NodeFilter.SHOW_TEXT)
    let node = walker.nextNode() as Text
    while (!node.data.includes('first')) node = walker.nextNode() as Text
    getSelection()!.setBaseAndExtent(node, 4, node, 9)
    for (const text of further) view.rerender(<Markdown text={text} streaming />)
    view.rerender(<Markdown text={further.at(-1)!} />)
    expect(node.isConnected).toBe(true)
    expect(String(getSelection())).toBe('first')
  })

  test('has paragraphs in the items of a loose list, and none in those of a tight one', () => {
    const { container } = show('- one\n- [x] **two**\n  - three\n  > four\n\n1. five\n\n2. six\n\n   seven')
    const [tight, nested, loose] = container.querySelectorAll('.ck-list')
    expect([...tight!.querySelectorAll('p')].map((p) => p.textContent)).toEqual(['four'])
    expect(tight!.children[1]!.querySelector('strong')!.parentElement).toBe(tight!.children[1])
    expect(nested!.innerHTML).toBe('<li class="ck-text">three</li>')
    expect([...loose!.querySelectorAll('li > p')].map((p) => p.textContent)).toEqual(['five', 'six', 'seven'])
  })

  test('that becomes a loose list while it is written moves none of its words', () => {
    const view = show('- one\n- two', true)
    const before = [...view.container.querySelectorAll('li')].map((item) => item.firstChild)
    for (const text of ['- one\n- two\n\n- th', '- one\n- two\n\n- three\n\n  more'])
      view.rerender(<Markdown text={text} streaming />)
    const items = [...view.container.querySelectorAll('li')]
    expect(items.map((item) => item.textContent)).toEqual(['one', 'two', 'threemore'])
    expect(items.slice(0, 2).map((item) => item.firstChild)).toEqual(before)
  })

  test('that was all there goes on with the same elements, also where nobody said that it would', () => {
    const view = show('- ```js\n  one\n  ```\n\n> two\n\nthree')
    const before = view.container.querySelectorAll('figure, blockquote p, p')
    view.rerender(<Markdown text={'- ```js\n  one\n  ```\n\n  more\n\n> two\n>\n> more\n\nthree'} streaming />)
    expect(view.container.querySelectorAll('p')).toHaveLength(4)
    expect([...before].every((element) => element.isConnected)).toBe(true)
  })

  test('leads to its notes and back, whatever they are called', async () => {
    const user = userEvent.setup()
    show('One.[^1] Two.[^__proto__]\n\n[^1]: First.\n[^__proto__]: Second.')
    show('Another.[^1]\n\n[^1]: Its own.')
    const [mark] = await screen.findAllByRole('button', { name: 'Note 1' })
    await user.click(mark!)
    expect(document.activeElement?.textContent).toContain('First.')
    await user.click((await screen.findAllByRole('button', { name: 'Back to note 1 in the text' }))[0]!)
    expect(document.activeElement).toBe(mark)
    await user.click(screen.getByRole('button', { name: 'Note __proto__' }))
    expect(document.activeElement?.textContent).toContain('Second.')
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id)
    expect(ids).toHaveLength(3)
    expect(new Set(ids).size).toBe(3)
  })

  test('has the code of some languages shown by components of the page, which are no names of objects', () => {
    const own = { steps: ({ text, closed }: { text: string; closed: boolean }) => <b>{`${text} ${closed}`}</b> }
    const { container } = render(<Markdown text={'```STEPS\na\n```\n\n```constructor\nb\n```'} code={own} />)
    expect(container.querySelector('b')?.textContent.trim()).toMatch(/^a\s+true$/)
    expect(container.querySelectorAll('figure')).toHaveLength(1)
  })

  test('leads to other sites with a mark, and says what the words of the page are', () => {
    render(
      <Markdown
        text={`[here](${location.origin}/a) [there](https://a.example "A title") [mail](mailto:a@b.example)\n\n- [x] done`}
        words={{ done: 'Erledigt' }}
      />,
    )
    expect(
      screen.getAllByRole('link').map((link) => [link.textContent, 'external' in link.dataset, link.title]),
    ).toEqual([
      ['here', false, ''],
      ['there', true, 'A title'],
      ['mail', false, ''],
    ])
    expect(screen.getByRole('checkbox', { name: 'Erledigt' })).toBeTruthy()
  })

  test('has its links rendered once, also where the page writes its rules for images anew each time', async () => {
    const text = Array.from({ length: 100 }, (_, at) => `[to ${at}](https://a.example/${at})`).join(' ')
    const page = () => <Markdown text={text} images={(url) => url.host === 'a.example'} />
    const { container, rerender } = render(page())
    await waitFor(() => expect(container.querySelectorAll('a')).toHaveLength(100), { timeout: 10_000 })
    const before = [...container.querySelectorAll('a')].map(propsOf)
    rerender(page())
    expect([...container.querySelectorAll('a')].map(propsOf).every((props, at) => props === before[at])).toBe(true)
  })

  test('of thousands of blocks is there to its end, a part at a time', async () => {
    const { container } = show(Array.from({ length: 1500 }, (_, at) => `Block ${at}.`).join('\n\n'))
    const blocks = () => container.querySelectorAll('p')
    expect(blocks().length).toBeLessThan(1500)
    await waitFor(() => expect(blocks()).toHaveLength(1500), { timeout: 10_000 })
    expect([...blocks()].map((block) => block.textContent)).toEqual(
      Array.from({ length: 1500 }, (_, at) => `Block ${at}.`),
    )
  })

  test('of nothing but quote marks, brackets or list marks is on the page in a moment', () => {
    for (const piece of ['>', '[', '- ', '**', '`', '# \n', '|\n|-\n', '1. a\n']) {
      let took = 0
      const text = piece.repeat(100_000 / piece.length)
      const view = render(
        <Profiler id="hostile" onRender={(_, __, duration) => (took += duration)}>
          <Markdown text={text} />
        </Profiler>,
      )
      expect(took, piece).toBeLessThan(20_000)
      view.unmount()
    }
  }, 120_000)
})
