import '../../src/styles/index.css'
import { act, cleanup, render, screen, waitFor } from '@testing-library/react'
import { ChatBubble, ChatWindow } from 'conversation-kit'
import type { ChatWindowProps } from 'conversation-kit'
import { createTestKit } from 'conversation-kit/testing'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'

interface Said {
  text: string
  at: number
}

const LIVE = '[aria-live], [role="status"], [role="alert"], output'

/** Writes down what a screen reader would say: what changes in a live region, and an alert that comes. */
function listen() {
  const said: Said[] = []
  const regionOf = (node: Node) => (node instanceof Element ? node : node.parentElement)?.closest(LIVE) ?? null
  const say = (region: Element) => {
    if (region.getAttribute('aria-live') === 'off' || region.closest('[inert]')) return
    const text = region.textContent.trim()
    if (text !== '') said.push({ text, at: performance.now() })
  }
  const observer = new MutationObserver((records) => {
    const regions = new Set<Element>()
    for (const { target, addedNodes } of records) {
      const region = regionOf(target)
      if (region) regions.add(region)
      for (const node of addedNodes) {
        if (!(node instanceof Element)) continue
        for (const alert of [node, ...node.querySelectorAll('[role="alert"]')]) {
          if (alert.matches('[role="alert"]')) regions.add(alert)
        }
      }
    }
    for (const region of regions) say(region)
  })
  observer.observe(document.body, { childList: true, subtree: true, characterData: true })
  stopListening = () => observer.disconnect()
  return { said, texts: () => said.map(({ text }) => text) }
}

let stopListening = () => {}
afterEach(() => {
  stopListening()
  cleanup()
})

const ask = async (text = 'Why?') => {
  await userEvent.fill(screen.getByRole('textbox'), text)
  await userEvent.keyboard('{Enter}')
}

async function chat(props: ChatWindowProps = {}) {
  const kit = createTestKit()
  render(
    <div style={{ inlineSize: 500, blockSize: 500 }}>
      <ChatWindow {...props} />
    </div>,
    { wrapper: kit.wrapper },
  )
  const reply = kit.server.holdReply()
  const { said, texts } = listen()
  await ask()
  return { ...kit, reply, said, texts }
}

const atRest = () => waitFor(() => expect(screen.queryByRole('button', { name: 'Stop' })).toBeNull())

const SENTENCES = ['The loaf needs warmth.', 'Feed the starter at noon, or it sleeps.', 'Then wait.', 'Bake it.']
const MARKDOWN = `The loaf **needs** warmth. Feed the \`starter\` at noon, or it sleeps.\n\n- Then wait.\n- Bake it.`

describe('what is heard of an answer', () => {
  test('that it comes, and all of it at once: two announcements, and never half a word', async () => {
    const { reply, texts } = await chat()
    for (let index = 0; index < MARKDOWN.length; index += 3) await reply.token(MARKDOWN.slice(index, index + 3))
    await reply.end()
    await atRest()
    await waitFor(() => expect(texts().at(-1)).toContain('Bake it.'))
    expect(texts()).toHaveLength(2)
    expect(texts()[0]).toBe('The assistant is answering.')
    for (const sentence of SENTENCES) expect(texts()[1]).toContain(sentence)
    expect(texts()[1]).not.toMatch(/[*`]/)
  })

  test('sentence by sentence, whole ones only, no faster than one listens', async () => {
    const { reply, said } = await chat({ announce: 'sentences' })
    for (let index = 0; index < MARKDOWN.length; index += 3) await reply.token(MARKDOWN.slice(index, index + 3))
    // The last sentence may go on until the answer has ended.
    await waitFor(() => expect(said.at(-1)!.text).toContain('Then wait.'), { timeout: 10_000 })
    expect(said.at(-1)!.text).not.toContain('Bake it.')
    await reply.end()
    await waitFor(() => expect(said.at(-1)!.text).toContain('Bake it.'), { timeout: 10_000 })
    const [first, ...answer] = said
    expect(first!.text).toBe('The assistant is answering.')
    expect(answer.map(({ text }) => text.replaceAll(/\s+/g, ' ')).join(' ')).toBe(SENTENCES.join(' '))
    for (const { text } of answer) {
      const whole = SENTENCES.filter((sentence) => text.includes(sentence)).join(' ')
      expect(text.replaceAll(/\s+/g, ' ')).toBe(whole)
    }
    const pauses = said.slice(1).map(({ at }, index) => at - said[index]!.at)
    expect(Math.min(...pauses)).toBeGreaterThan(1000)
  })

  test('a long answer that comes at once is not chopped into more pieces than one can listen to', async () => {
    const { reply, said } = await chat({ announce: 'sentences' })
    const sentences = Array.from({ length: 40 }, (_, index) => `This is sentence ${index}.`)
    await reply.token(sentences.join(' '))
    await reply.end()
    await waitFor(() => expect(said.at(-1)!.text).toContain('sentence 39.'), { timeout: 10_000 })
    expect(said.length).toBeLessThanOrEqual(3)
  })

  test('nothing, where the page speaks for itself', async () => {
    const { reply, texts } = await chat({ announce: 'off' })
    await reply.token('It needs warmth.')
    await reply.end()
    await screen.findByText('It needs warmth.')
    await atRest()
    expect(texts()).toEqual([])
  })

  test.each(['complete', 'sentences'] as const)('that it was stopped, once (%s)', async (announce) => {
    const { reply, texts } = await chat({ announce })
    await reply.token('It needs ')
    await screen.findByText(/It needs/)
    await userEvent.click(screen.getByRole('button', { name: 'Stop' }))
    await atRest()
    await waitFor(() => expect(texts()).toEqual(['The assistant is answering.', 'Stopped']))
  })

  test('that it failed, once, with what can be done', async () => {
    const { reply, texts } = await chat()
    await reply.token('It needs ')
    await screen.findByText(/It needs/)
    await reply.cut()
    await screen.findByRole('alert')
    await atRest()
    const failures = texts().filter((text) => text !== 'The assistant is answering.')
    expect(failures).toHaveLength(1)
    expect(failures[0]).toContain('The connection broke')
  })

  test('with the chat closed, that an answer has come, and no more', async () => {
    const kit = createTestKit()
    render(<ChatBubble defaultOpen />, { wrapper: kit.wrapper })
    await screen.findByRole('textbox')
    const reply = kit.server.holdReply()
    await ask()
    await reply.token('It needs ')
    await screen.findByText(/It needs/)
    act(() => kit.store.getState().actions.setOpen(false))
    const { texts } = listen()
    await reply.token('warmth.')
    await reply.end()
    await waitFor(() => expect(texts()).toEqual(['1 new reply']))
  })
})

describe('a whole conversation by keys alone', () => {
  beforeAll(() => page.viewport(1100, 800))

  const nameOf = (element: Element | null) =>
    element?.getAttribute('aria-label') ?? (element?.textContent || element?.tagName.toLowerCase()) ?? ''

  /** Goes on with Tab until something is reached. */
  async function tabTo(name: RegExp, keys = '{Tab}', within = document.body as Element) {
    const passed: string[] = []
    for (let step = 0; step < 60; step += 1) {
      await userEvent.keyboard(keys)
      const { activeElement } = document
      if (activeElement && within.contains(activeElement) && name.test(nameOf(activeElement))) {
        const seen = getComputedStyle(activeElement).outlineStyle === 'solid' || activeElement.matches('textarea')
        if (!seen) throw new Error(`Nothing shows that ${nameOf(activeElement)} has the focus`)
        return activeElement as HTMLElement
      }
      passed.push(nameOf(activeElement))
    }
    throw new Error(`No way to ${name} by Tab; passed ${passed.join(' | ')}`)
  }
  const back = '{Shift>}{Tab}{/Shift}'

  test('open, read what was earlier, go to the latest, ask, stop, ask again, retry, copy code, vote, close', async () => {
    const { server, wrapper } = createTestKit({
      conversations: [
        {
          id: 'c1',
          messages: Array.from({ length: 104 }, (_, index) => ({
            id: `m${index}`,
            type: index % 2 === 0 ? ('user' as const) : ('bot' as const),
            text: index % 2 === 0 ? `Question ${index}` : `Answer ${index}. It goes on.`,
          })),
        },
      ],
    })
    render(
      <>
        <button type="button">A button of the page</button>
        <ChatBubble conversationId="c1" title="Help" voteReasons={['Wrong', 'Too long']} />
      </>,
      { wrapper },
    )

    const launcher = await tabTo(/^Open chat/)
    await userEvent.keyboard('{Enter}')
    const field = await screen.findByRole('textbox')
    await expect.poll(() => document.activeElement).toBe(field)
    await screen.findByText(/^Answer 103/)

    // The first page holds a hundred messages. What is before them comes by itself at the top, or else by the button.
    const log = screen.getByRole('log')
    const inView = (element: Element | null) => {
      if (!element) return false
      const { top, bottom } = element.getBoundingClientRect()
      const edges = log.getBoundingClientRect()
      return top >= edges.top - 1 && bottom <= edges.bottom + 1
    }
    const earlier = () => screen.queryByRole('button', { name: 'Show earlier messages' })
    server.fail('message.list', { status: 403 })
    await userEvent.keyboard(back)
    await userEvent.keyboard('{Alt>}{ArrowUp}{/Alt}{Home}')
    await expect.poll(() => document.activeElement?.textContent).toContain('Question 4')
    await tabTo(/^Show earlier messages$/, back, log)
    // It is refused once, to the thread or to the button. Then one presses again.
    await expect.poll(async () => earlier() && (await userEvent.keyboard('{Enter}'), earlier())).toBeNull()
    await expect.poll(() => document.activeElement).toBe(log)
    await userEvent.keyboard('{Home}')
    await waitFor(() => expect(inView(screen.queryByText('Question 0'))).toBe(true))

    // Closed and opened again it is where it was read, with the focus in the field.
    await userEvent.keyboard('{Escape}')
    await expect.poll(() => document.activeElement).toBe(launcher)
    await userEvent.keyboard('{Enter}')
    await expect.poll(() => document.activeElement).toBe(field)
    await tabTo(/^Jump to latest$/, back)
    await userEvent.keyboard('{Enter}')
    await waitFor(() => expect(inView(screen.queryByText(/^Answer 103/))).toBe(true))
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Jump to latest' })).toBeNull())
    await expect.poll(() => document.activeElement).toBe(log)
    await userEvent.keyboard('{Home}')
    await waitFor(() => expect(inView(screen.queryByText('Question 0'))).toBe(true))
    await userEvent.keyboard('{End}')
    await waitFor(() => expect(inView(screen.queryByText(/^Answer 103/))).toBe(true))
    await tabTo(/^Write a message/)

    const first = server.holdReply()
    await userEvent.keyboard('Why is it flat?{Enter}')
    await first.token('It needs ')
    await screen.findByText(/^It needs/)
    await tabTo(/^Stop$/)
    await userEvent.keyboard(' ')
    await screen.findByText('Stopped', { selector: '.ck-note' })
    await expect.poll(() => document.activeElement).toBe(field)

    const second = server.holdReply()
    await userEvent.keyboard('And now?{Enter}')
    await second.token('Half of ')
    await screen.findByText(/^Half of/)
    await second.cut()
    const alert = await screen.findByRole('alert')
    const third = server.holdReply()
    await tabTo(/^Try again$/, back, alert)
    await userEvent.keyboard('{Enter}')
    await third.token('Write it down:\n\n```js\nconst loaf = 1\n```\n\nThat is all.')
    await third.end()
    await screen.findByText('That is all.')
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Stop' })).toBeNull())

    const program = document.querySelector<HTMLElement>('figure.ck-program')!
    // What the platform allows differs from browser to browser.
    const clipboard = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue()
    const copy = await tabTo(/^Copy$/, back, program)
    await userEvent.keyboard('{Enter}')
    await waitFor(() => expect(nameOf(copy)).toBe('Copied'))
    expect(clipboard).toHaveBeenCalledWith('const loaf = 1')
    clipboard.mockRestore()

    await tabTo(/^Bad answer$/)
    await userEvent.keyboard('{Enter}')
    await tabTo(/^Too long$/)
    await userEvent.keyboard('{Enter}')
    await waitFor(() => expect(server.votes).toMatchObject([{ value: -100, reason: 'Too long' }]))

    await userEvent.keyboard('{Escape}')
    await expect.poll(() => document.activeElement).toBe(launcher)
    expect(launcher.getAttribute('aria-expanded')).toBe('false')
    // Every key is a real one, and goes the whole way.
  }, 90_000)
})
