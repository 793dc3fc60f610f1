import '../../src/styles/index.css'
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { ChatWindow } from 'conversation-kit'
import { createConversationQueries } from 'conversation-kit/queries'
import { createTestKit } from 'conversation-kit/testing'
import { afterEach, expect, test } from 'vitest'

afterEach(cleanup)

const LINE = 'A line of an answer that is long enough to be more than one line in a narrow window. '

/** A chat in which what is asked goes to the top. */
async function open(count: number) {
  const messages = Array.from({ length: count }, (_, index) => ({
    id: `m${index}`,
    type: index % 2 === 0 ? ('user' as const) : ('bot' as const),
    text: index % 2 === 0 ? `Question ${index}` : `Answer ${index}. ${LINE.repeat(index % 5)}`,
  }))
  const kit = createTestKit({ conversations: [{ id: 'c1', messages }], now: Date.now })
  const { messages: recipe } = createConversationQueries(kit.client)
  await kit.queryClient.prefetchInfiniteQuery({ ...recipe('c1'), pages: Math.ceil(count / 100) })
  const page = (height: number) => (
    <div style={{ inlineSize: 420, blockSize: height }}>
      <ChatWindow conversationId="c1" follow="answer" />
    </div>
  )
  const { rerender } = render(page(520), { wrapper: kit.wrapper })
  const log = screen.getByRole('log')
  const ask = (text: string) => {
    fireEvent.change(screen.getByRole('textbox'), { target: { value: text } })
    fireEvent.click(screen.getByRole('button', { name: 'Send' }))
  }
  /** How far below the upper edge of what can be read the message begins. */
  const below = (text: string) => {
    const edge = log.getBoundingClientRect().top + parseFloat(getComputedStyle(log).paddingBlockStart)
    return screen.getByText(text).closest('.ck-row')!.getBoundingClientRect().top - edge
  }
  const behind = () => log.scrollHeight - log.clientHeight - log.scrollTop
  return { ...kit, log, ask, below, behind, resize: (height: number) => rerender(page(height)) }
}

/** When what has changed was laid out, put right and painted. */
const painted = () =>
  new Promise<void>((done) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => done()
      port2.postMessage(0)
    })
  })

test.each([0, 4, 180])(
  'after %s messages a question goes to the top, and stays there while its answer grows',
  async (count) => {
    const { server, ask, below, behind } = await open(count)
    const reply = server.holdReply()
    ask('What now?')
    await screen.findByText('What now?')
    await waitFor(() => expect(Math.abs(below('What now?'))).toBeLessThanOrEqual(1))
    for (let index = 0; index < 25; index += 1) {
      await reply.token(`${LINE}\n\n`)
      await painted()
      expect(Math.abs(below('What now?'))).toBeLessThanOrEqual(1)
    }
    await waitFor(() => expect(behind()).toBeGreaterThan(100))
    await reply.end()
    await screen.findByRole('button', { name: 'Send' })
    await painted()
    expect(Math.abs(below('What now?'))).toBeLessThanOrEqual(1)
  },
)

test('under a short answer there is room, so that every question can be on top', async () => {
  const { server, ask, below, log, resize } = await open(8)
  for (const question of ['First?', 'Second?', 'Third?']) {
    const reply = server.holdReply()
    ask(question)
    await reply.token('Yes.')
    await reply.end()
    await screen.findByRole('button', { name: 'Send' })
    await waitFor(() => expect(Math.abs(below(question))).toBeLessThanOrEqual(1))
  }
  // No more room than is of use: the end of the thread is the end of the view.
  expect(log.scrollHeight - log.clientHeight - log.scrollTop).toBeLessThanOrEqual(2)
  resize(400)
  await painted()
  await painted()
  expect(Math.abs(below('Third?'))).toBeLessThanOrEqual(1)
  resize(640)
  await painted()
  await painted()
  expect(Math.abs(below('Third?'))).toBeLessThanOrEqual(1)
  expect(log.scrollHeight - log.clientHeight - log.scrollTop).toBeLessThanOrEqual(2)
})

test('who goes to the end of a long answer follows it from there', async () => {
  const { server, ask, behind } = await open(8)
  const reply = server.holdReply()
  ask('What now?')
  await reply.token(`${LINE}\n\n`.repeat(20))
  fireEvent.click(await screen.findByRole('button', { name: 'Jump to latest' }))
  await painted()
  expect(behind()).toBeLessThanOrEqual(2)
  for (let index = 0; index < 10; index += 1) {
    await reply.token(`${LINE}\n\n`)
    await painted()
    expect(behind()).toBeLessThanOrEqual(2)
  }
  await reply.end()
})

test('who reads what was said before is left alone while the answer grows', async () => {
  const { server, ask, log } = await open(40)
  const reply = server.holdReply()
  ask('What now?')
  await reply.token('Well. ')
  await screen.findByText('Well.')
  await painted()
  log.scrollTop -= 400
  await painted()
  const edge = log.getBoundingClientRect().top
  const read = [...log.querySelectorAll('.ck-bubble')].find((row) => row.getBoundingClientRect().top >= edge)!
  const top = read.getBoundingClientRect().top
  for (let index = 0; index < 25; index += 1) {
    await reply.token(`${LINE}\n\n`)
    await painted()
    expect(Math.abs(read.getBoundingClientRect().top - top)).toBeLessThanOrEqual(1)
  }
  await reply.end()
  await screen.findByRole('button', { name: 'Send' })
  await painted()
  expect(Math.abs(read.getBoundingClientRect().top - top)).toBeLessThanOrEqual(1)
})

test('a question that waits for its turn goes to the top when it is its turn', async () => {
  const { server, ask, below } = await open(8)
  const first = server.holdReply()
  ask('First?')
  await first.token(`${LINE}\n\n`.repeat(12))
  await waitFor(() => expect(Math.abs(below('First?'))).toBeLessThanOrEqual(1))
  const second = server.holdReply()
  ask('Second?')
  await screen.findByText('Second?')
  await first.token(LINE)
  await first.end()
  await second.token('Well. ')
  await screen.findByText('Well.')
  await waitFor(() => expect(Math.abs(below('Second?'))).toBeLessThanOrEqual(1))
  await second.end()
})
