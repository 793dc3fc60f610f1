import '../../src/styles/index.css'
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { ChatWindow } from 'conversation-kit'
import { createConversationQueries } from 'conversation-kit/queries'
import { createTestKit } from 'conversation-kit/testing'
import { afterEach, expect, test } from 'vitest'
import { userEvent as keys } from 'vitest/browser'

afterEach(cleanup)

const frame = () => new Promise(requestAnimationFrame)
async function frames(count: number) {
  for (let index = 0; index < count; index += 1) await frame()
}

const LINE = 'A line of an answer that is long enough to be more than one line in a narrow window. '

/** A stored thread, all of it read, in a window. */
async function open(count: number, height = 600) {
  const messages = Array.from({ length: count }, (_, index) => ({
    id: `m${index}`,
    type: index % 2 === 0 ? ('user' as const) : ('bot' as const),
    text: index % 2 === 0 ? `Question ${index}` : `Answer ${index}. ${LINE.repeat((index * 7) % 5)}`,
  }))
  const kit = createTestKit({ conversations: [{ id: 'c1', messages }] })
  const { messages: recipe } = createConversationQueries(kit.client)
  await kit.queryClient.prefetchInfiniteQuery({ ...recipe('c1'), pages: Math.ceil(count / 100) })
  const { container } = render(
    <div style={{ inlineSize: 480, blockSize: height }}>
      <ChatWindow conversationId="c1" title="Long" />
    </div>,
    { wrapper: kit.wrapper },
  )
  const log = screen.getByRole('log')
  const behind = log.scrollHeight - log.clientHeight - log.scrollTop
  return { ...kit, container, log, behind, elements: () => container.querySelectorAll('.ck-root *').length }
}

/** Whether a part of the view that is more than the gap between two messages shows none. */
function isBlank(log: HTMLElement): boolean {
  const { top, bottom } = log.getBoundingClientRect()
  const rows = [...log.querySelectorAll('.ck-message')].map((row) => row.getBoundingClientRect())
  const seen = rows.filter((row) => row.bottom > top && row.top < bottom)
  const first = Math.min(...seen.map((row) => row.top))
  const last = Math.max(...seen.map((row) => row.bottom))
  return seen.length === 0 || first - top > 120 || bottom - last > 120
}

test('ten thousand messages open at the end at once, with a few of them on the page', async () => {
  const { behind, elements, log } = await open(10_000)
  expect(behind).toBeLessThanOrEqual(2)
  expect(screen.getByText(/^Answer 9999\./)).toBeTruthy()
  expect(screen.queryByText('Question 0')).toBeNull()
  await frames(3)
  expect(elements()).toBeLessThanOrEqual(400)
  expect(log.querySelectorAll('.ck-message').length).toBeLessThan(25)
  expect(log.scrollHeight).toBeGreaterThan(10_000 * 40)
})

test('a message says which of all it is, and whether more may come above', async () => {
  const { log } = await open(150)
  const last = [...log.querySelectorAll('.ck-message')].at(-1)!
  expect(last.getAttribute('aria-posinset')).toBe('150')
  expect(last.getAttribute('aria-setsize')).toBe('150')
})

test('up to a hundred messages are all on the page, for the browser to find words in', async () => {
  const { log } = await open(100)
  expect(log.querySelectorAll('.ck-message')).toHaveLength(100)
  expect(log.querySelector('.ck-spacer')).toBeNull()
})

test('scrolling fast never shows an empty view, and leaves few elements when it rests', async () => {
  const { log, elements } = await open(3000)
  let blank = 0
  let count = 0
  const look = async (step: number) => {
    log.scrollTop += step
    await frame()
    count += 1
    if (isBlank(log)) blank += 1
  }
  for (let index = 0; index < 50; index += 1) await look(-180)
  for (let index = 0; index < 20; index += 1) await look(index % 2 ? 15_000 : -23_000)
  for (let index = 0; index < 30; index += 1) await look(240)
  expect(blank / count).toBeLessThanOrEqual(0.01)
  await waitFor(() => expect(elements()).toBeLessThanOrEqual(400))
  expect(isBlank(log)).toBe(false)
})

test('the first and the last message are at the ends of the scroll, whatever was guessed', async () => {
  const { log } = await open(1000)
  log.scrollTop = 0
  await frames(3)
  expect(screen.getByText('Question 0').getBoundingClientRect().top).toBeGreaterThanOrEqual(
    log.getBoundingClientRect().top,
  )
  expect(log.scrollTop).toBe(0)
  expect(isBlank(log)).toBe(false)
  log.scrollTop = log.scrollHeight
  await frames(3)
  log.scrollTop = log.scrollHeight
  await frames(3)
  expect(screen.getByText(/^Answer 999\./)).toBeTruthy()
  expect(log.scrollHeight - log.clientHeight - log.scrollTop).toBeLessThanOrEqual(2)
})

test('Home and End in the thread go to its very top and its very end with one press, and stay there', async () => {
  const { log } = await open(1000)
  const staysAt = async (row: string | RegExp, distance: () => number) => {
    await screen.findByText(row)
    for (let index = 0; index < 20; index += 1) {
      expect(distance()).toBeLessThanOrEqual(2)
      expect(isBlank(log)).toBe(false)
      await frame()
    }
    expect(screen.getByText(row)).toBeTruthy()
  }
  log.focus()
  await keys.keyboard('{Home}')
  await staysAt('Question 0', () => log.scrollTop)
  await keys.keyboard('{End}')
  await staysAt(/^Answer 999\./, () => log.scrollHeight - log.clientHeight - log.scrollTop)
  expect(screen.queryByRole('button', { name: 'Jump to latest' })).toBeNull()
})

test('the message that has the focus stays on the page, with what is next to it', async () => {
  const { log } = await open(1000)
  const row = screen.getByText('Question 998').closest<HTMLElement>('.ck-message')!
  const button = row.querySelector('button')!
  button.focus()
  log.scrollTop = 5000
  await frames(3)
  expect(row.isConnected).toBe(true)
  expect(document.activeElement).toBe(button)
  expect(screen.getByText(/^Answer 999\./)).toBeTruthy()
  expect(isBlank(log)).toBe(false)
})

test('what is selected stays on the page and can be copied as a whole', async () => {
  const { log } = await open(1000)
  const from = screen.getByText('Question 998')
  const to = screen.getByText(/^Answer 999\./)
  getSelection()!.setBaseAndExtent(from, 0, to, 1)
  log.scrollTop = 3000
  await frames(3)
  expect(from.isConnected && to.isConnected).toBe(true)
  expect(getSelection()!.toString()).toContain('Question 998')
  getSelection()!.removeAllRanges()
})

test('the focus goes from message to message by keyboard, to every one of them', async () => {
  const { log } = await open(300)
  log.focus()
  await keys.keyboard('{Alt>}{ArrowUp}{/Alt}')
  const focused = () => document.activeElement!
  expect(focused().matches('.ck-message')).toBe(true)
  await keys.keyboard('{Home}')
  await expect.poll(() => focused().textContent).toContain('Question 0')
  const seen: number[] = []
  for (let index = 0; index < 40; index += 1) {
    expect(focused().getBoundingClientRect().bottom).toBeGreaterThan(log.getBoundingClientRect().top)
    expect(focused().getBoundingClientRect().top).toBeLessThan(log.getBoundingClientRect().bottom)
    seen.push(Number(focused().getAttribute('aria-posinset')))
    await keys.keyboard('{Alt>}{ArrowDown}{/Alt}')
  }
  expect(seen).toEqual(Array.from({ length: 40 }, (_, index) => index + 1))
  await keys.keyboard('{Alt>}{ArrowUp}{/Alt}')
  expect(focused().textContent).toContain('Answer 39.')
  await keys.keyboard('{End}')
  await expect.poll(() => focused().textContent).toContain('Answer 299.')
})

test('with Tab the focus goes on through messages that were not there', async () => {
  const { log } = await open(300)
  log.scrollTop = 2000
  await frames(3)
  const first = [...log.querySelectorAll<HTMLElement>('.ck-message')].find(
    (row) => row.getBoundingClientRect().top > log.getBoundingClientRect().top,
  )!
  first.querySelector('button')!.focus()
  const start = Number(first.getAttribute('aria-posinset'))
  for (let index = 0; index < 60; index += 1) {
    await keys.keyboard('{Tab}')
    expect(log.contains(document.activeElement)).toBe(true)
  }
  const now = Number(document.activeElement!.closest('.ck-message')!.getAttribute('aria-posinset'))
  expect(now).toBeGreaterThan(start + 5)
})

test('a line marks what came while the reader was away, until it was seen', async () => {
  const { server, log } = await open(200)
  const reply = server.holdReply()
  fireEvent.change(screen.getByRole('textbox'), { target: { value: 'And?' } })
  fireEvent.click(screen.getByRole('button', { name: 'Send' }))
  await screen.findByText('Thinking…')
  log.scrollTop -= 700
  await frames(2)
  await act(() => reply.token(`Here it is. ${LINE.repeat(20)}`))
  await reply.end()
  expect(await screen.findByRole('button', { name: '1 new reply' })).toBeTruthy()
  log.scrollTop = log.scrollHeight
  await waitFor(() => expect(screen.queryByRole('button', { name: '1 new reply' })).toBeNull())
  const line = await screen.findByText('New')
  const answer = screen.getByText(/^Here it is\./)
  expect(line.compareDocumentPosition(answer) & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy()
  line.scrollIntoView({ block: 'center' })
  await frames(3)
  expect(screen.queryByText('New')).toBeTruthy()
  log.scrollTop -= 3000
  await waitFor(() => expect(screen.queryByText('New')).toBeNull())
})

test('a chat that was closed says what came meanwhile when it is opened again', async () => {
  const messages = [{ id: 'm0', type: 'user' as const, text: 'Hello' }]
  const kit = createTestKit({ conversations: [{ id: 'c1', messages }] })
  const page = (shown: boolean) => (
    <div style={{ inlineSize: 480, blockSize: 600 }}>{shown && <ChatWindow conversationId="c1" />}</div>
  )
  const { rerender } = render(page(true), { wrapper: kit.wrapper })
  await screen.findByText('Hello')
  const reply = kit.server.holdReply()
  fireEvent.change(screen.getByRole('textbox'), { target: { value: 'And?' } })
  fireEvent.click(screen.getByRole('button', { name: 'Send' }))
  await reply.token('Here ')
  await screen.findByText('Here')
  expect(screen.queryByText('New')).toBeNull()
  rerender(page(false))
  await reply.token('it is.')
  await reply.end()
  rerender(page(true))
  expect(await screen.findByText('Here it is.')).toBeTruthy()
  expect(screen.getByText('New')).toBeTruthy()
})
