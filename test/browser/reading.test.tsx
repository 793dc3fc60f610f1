import '../../src/styles/index.css'
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { ChatWindow, ConversationList } from 'conversation-kit'
import { createTestKit } from 'conversation-kit/testing'
import { afterEach, expect, test, vi } from 'vitest'
import { userEvent as pointer } from 'vitest/browser'

afterEach(cleanup)

const LINE = 'A line of an answer that is long enough to be more than one line in a narrow window. '
/** More than are read at once, and more than are on the page at once. */
const LONG = 160
const SHORT = 40
const thread = (count: number) => ({
  id: 'c1',
  messages: Array.from({ length: count }, (_, index) => ({
    id: `m${index}`,
    type: index % 2 === 0 ? ('user' as const) : ('bot' as const),
    text: `${index % 2 === 0 ? 'Question' : 'Answer'} ${index}. ${LINE.repeat(index % 5)}`,
  })),
})

const frame = () => new Promise(requestAnimationFrame)
async function frames(count: number) {
  for (let index = 0; index < count; index += 1) await frame()
}

async function open(count = SHORT) {
  const kit = createTestKit({ conversations: [thread(count)] })
  render(
    <div style={{ inlineSize: 420, blockSize: 480 }}>
      <ChatWindow conversationId="c1" />
    </div>,
    { wrapper: kit.wrapper },
  )
  await screen.findByText(new RegExp(`^Answer ${count - 1}`))
  await frames(3)
  const log = screen.getByRole('log')
  const behind = () => log.scrollHeight - log.clientHeight - log.scrollTop
  const ask = () => {
    fireEvent.change(screen.getByRole('textbox'), { target: { value: 'Go on' } })
    fireEvent.click(screen.getByRole('button', { name: 'Send' }))
  }
  return { ...kit, log, behind, ask }
}

/** The first text of a message that begins in view, and where. */
function readAt(log: HTMLElement) {
  const edge = log.getBoundingClientRect().top
  const element = [...log.querySelectorAll('.ck-bubble')].find((row) => row.getBoundingClientRect().top >= edge)!
  return { element, top: () => element.getBoundingClientRect().top }
}

test('a thread opens at its end', async () => {
  const { behind } = await open()
  expect(behind()).toBeLessThanOrEqual(2)
  expect(screen.queryByRole('button', { name: 'Jump to latest' })).toBeNull()
})

test('the end is followed while a reply grows, frame by frame', async () => {
  const { server, behind, ask } = await open()
  const reply = server.holdReply()
  ask()
  const worst: number[] = []
  for (let word = 0; word < 30; word += 1) {
    await reply.token(`Word ${word}. ${LINE}\n\n`)
    await frames(2)
    worst.push(behind())
  }
  await screen.findByText(/^Word 29\./)
  await frames(8)
  expect(behind()).toBeLessThanOrEqual(2)
  expect(Math.max(...worst)).toBeLessThanOrEqual(2)
})

test.each([SHORT, LONG])(
  'a word at the end of %s messages is followed without measuring what stands above it',
  async (count) => {
    const { server, behind, ask } = await open(count)
    const reply = server.holdReply()
    ask()
    await reply.token('Well. ')
    await screen.findByText('Well.')
    await frames(30)
    const rects = vi.spyOn(Element.prototype, 'getBoundingClientRect')
    const styles = vi.spyOn(window, 'getComputedStyle')
    const words = 20
    for (let word = 0; word < words; word += 1) {
      await reply.token(`Word ${word}. ${LINE}`)
      await frame()
    }
    await frames(2)
    const looks = rects.mock.calls.length + styles.mock.calls.length
    vi.restoreAllMocks()
    await screen.findByText(/Word 19\./)
    expect(looks).toBeLessThanOrEqual(5 * words)
    expect(behind()).toBeLessThanOrEqual(2)
  },
)

test('a reader who has scrolled up is left alone, to the pixel, until the end of the reply', async () => {
  const { server, log, ask } = await open()
  const reply = server.holdReply()
  ask()
  await reply.token(LINE)
  await frames(8)
  log.scrollTop -= 300
  await frames(2)
  const { top } = readAt(log)
  const before = top()
  for (let word = 0; word < 20; word += 1) {
    await reply.token(`Word ${word}. ${LINE}\n\n`)
    await frames(2)
    expect(Math.abs(top() - before)).toBeLessThanOrEqual(1)
  }
  await reply.end()
  await waitFor(() => expect(screen.getByRole('button', { name: 'Send' })).toBeTruthy())
  await frames(3)
  expect(Math.abs(top() - before)).toBeLessThanOrEqual(1)
})

test('one press goes back to the end and follows again', async () => {
  const { server, log, behind, ask } = await open()
  log.scrollTop -= 600
  fireEvent.click(await screen.findByRole('button', { name: 'Jump to latest' }))
  await frames(2)
  expect(behind()).toBeLessThanOrEqual(2)
  expect(screen.queryByRole('button', { name: 'Jump to latest' })).toBeNull()
  const reply = server.holdReply()
  ask()
  await reply.token(LINE.repeat(20))
  await frames(8)
  expect(behind()).toBeLessThanOrEqual(2)
})

test('earlier messages load by themselves near the top, and what is read stays on the page', async () => {
  const { log, server } = await open(LONG)
  const asked = server.requests.length
  log.scrollTop = 200
  await frames(1)
  const { element, top } = readAt(log)
  const text = element.textContent
  const before = top()
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Show earlier messages' })).toBeNull())
  await frames(3)
  expect(element.isConnected).toBe(true)
  expect(element.textContent).toBe(text)
  expect(Math.abs(top() - before)).toBeLessThanOrEqual(1)
  expect(server.requests.length).toBe(asked + 1)
  log.scrollTop = 0
  expect(await screen.findByText(/^Question 0\./)).toBeTruthy()
})

test.each([0, 150, 400])(
  'what is read %s px from the top stays where it is, to the pixel, in every frame',
  async (start) => {
    const { log } = await open(LONG)
    log.scrollTop = start
    await frames(1)
    const { element, top } = readAt(log)
    const before = top()
    const shifts: number[] = []
    let left = 30
    while (left > 0) {
      await frame()
      shifts.push(Math.abs(top() - before))
      // Until well after the reader has come to rest.
      if (!screen.queryByRole('button', { name: 'Show earlier messages' })) left -= 1
    }
    expect(element.isConnected).toBe(true)
    expect(Math.max(...shifts)).toBeLessThanOrEqual(1)
  },
)

test('Home in the thread goes to the very top', async () => {
  const { log } = await open(LONG)
  log.focus()
  await pointer.keyboard('{Home}')
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Show earlier messages' })).toBeNull())
  await pointer.keyboard('{Home}')
  await screen.findByText(/^Question 0\./)
  await waitFor(() => expect(log.scrollTop).toBe(0))
  await frames(30)
  expect(log.scrollTop).toBe(0)
  expect(screen.getByText(/^Question 0\./)).toBeTruthy()
})

test('where earlier messages cannot be read, the button asks for them again', async () => {
  const { log, server } = await open(LONG)
  server.fail('message.list', { status: 403, code: 'NOT_AUTHORIZED', times: 1 })
  log.scrollTop = 0
  await waitFor(() => expect(server.requests.filter(({ url }) => url.includes('cursor'))).toHaveLength(1))
  const older = await screen.findByRole('button', { name: 'Show earlier messages' })
  log.scrollTop = 40
  await frames(3)
  log.scrollTop = 0
  await frames(3)
  expect(server.requests.filter(({ url }) => url.includes('cursor'))).toHaveLength(1)
  fireEvent.click(older)
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Show earlier messages' })).toBeNull())
})

test('what opens above the reader does not move what is read', async () => {
  const { log } = await open()
  log.scrollTop -= 1500
  await frames(3)
  const { element, top } = readAt(log)
  const before = top()
  const messages = [...log.querySelectorAll('.ck-bubble')]
  const above = messages[messages.indexOf(element) - 2]!
  above.append(Object.assign(document.createElement('div'), { style: 'block-size: 237px' }))
  await frames(3)
  expect(Math.abs(top() - before)).toBeLessThanOrEqual(1)
})

test('writing a long message keeps the end in view', async () => {
  const { behind, log } = await open()
  const height = log.clientHeight
  fireEvent.change(screen.getByRole('textbox'), { target: { value: 'a\n\n\nb' } })
  await frames(3)
  expect(log.clientHeight).toBeLessThan(height)
  expect(behind()).toBeLessThanOrEqual(2)
})

test('a reader above is told how many replies have come', async () => {
  const { server, log, ask } = await open()
  const reply = server.holdReply()
  ask()
  await frames(4)
  log.scrollTop -= 500
  await screen.findByRole('button', { name: 'Jump to latest' })
  await reply.token('Here it is.')
  expect(await screen.findByRole('button', { name: '1 new reply' })).toBeTruthy()
})

test('the focus stays in the field when Stop and Send are pressed', async () => {
  const { server } = await open()
  const field = screen.getByRole('textbox')
  server.holdReply()
  await pointer.fill(field, 'Go on')
  await pointer.click(screen.getByRole('button', { name: 'Send' }))
  await expect.poll(() => document.activeElement).toBe(field)
  await pointer.click(await screen.findByRole('button', { name: 'Stop' }))
  await screen.findByRole('button', { name: 'Send' })
  expect(document.activeElement).toBe(field)
})

test('a list loads more when its end comes near', async () => {
  const conversations = Array.from({ length: 60 }, (_, index) => ({
    id: `n${index}`,
    name: `Talk ${index}`,
    createdAt: 60 - index,
  }))
  const { wrapper } = createTestKit({ conversations })
  render(
    <div style={{ blockSize: 400 }}>
      <ConversationList params={{ take: 20 }} infinite="auto" />
    </div>,
    { wrapper },
  )
  const first = await screen.findByText('Talk 0')
  await frames(4)
  expect(screen.queryByText('Talk 59')).toBeNull()
  const scroller = first.closest<HTMLElement>('.ck-conversations-scroll')!
  await waitFor(() => {
    scroller.scrollTop = scroller.scrollHeight
    expect(screen.getByText('Talk 59')).toBeTruthy()
  })
})
