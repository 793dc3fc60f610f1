import '../../src/styles/index.css'
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { ChatWindow } from 'conversation-kit'
import type { ChatMessage } from 'conversation-kit'
import { createConversationQueries } from 'conversation-kit/queries'
import { createTestKit } from 'conversation-kit/testing'
import { Profiler } from 'react'
import { expect, test } from 'vitest'
import { useStrings } from '../../src/components/useStrings.ts'
import { Markdown } from '../../src/markdown/index.ts'

const THREAD = 500
const RUNS = 100

const HISTORY = Array.from({ length: THREAD }, (_, index) => ({
  type: index % 2 ? ('bot' as const) : ('user' as const),
  text: `Message ${index}`,
}))

const frame = () => new Promise(requestAnimationFrame)

async function open(messages: typeof HISTORY, streamThrottle?: number) {
  const kit = createTestKit({ conversations: [{ id: 'c1', messages }], streamThrottle })
  const { messages: history } = createConversationQueries(kit.client)
  await kit.queryClient.fetchInfiniteQuery({ ...history('c1'), pages: Math.max(1, messages.length / 100) })
  /** When anything of the chat was committed: the time of the frame it was in. */
  const commits: number[] = []
  /** By key, how often a message was rendered. */
  const renders = new Map<string, number>()
  function Counted({ text, streaming, message }: { text: string; streaming: boolean; message: ChatMessage }) {
    renders.set(message.key, (renders.get(message.key) ?? 0) + 1)
    return <Markdown text={text} streaming={streaming} words={useStrings()} />
  }
  const parts = { text: Counted }
  render(
    <div style={{ inlineSize: 420, blockSize: 480 }}>
      <Profiler id="chat" onRender={() => commits.push(Number(document.timeline.currentTime))}>
        <ChatWindow conversationId="c1" parts={parts} />
      </Profiler>
    </div>,
    { wrapper: kit.wrapper },
  )
  const log = screen.getByRole('log')
  const articles = () => [...log.querySelectorAll('article')]
  // Of a long thread only what is near the end is on the page.
  await waitFor(() => expect(articles().at(-1)?.textContent ?? '').toContain(messages.at(-1)?.text ?? ''))
  await frame()
  const field = screen.getByRole<HTMLTextAreaElement>('textbox')
  const ask = (text: string) => {
    fireEvent.change(field, { target: { value: text } })
    // Among the buttons of the composer alone: a hundred messages have some hundred, each with a name to be worked out.
    fireEvent.click(within(field.form!).getByRole('button', { name: 'Send' }))
  }
  const handedOver = () =>
    new Promise<void>((resolve) => {
      const stop = kit.store.subscribe(look)
      function look() {
        if (kit.store.getState().live.c1) return
        stop()
        resolve()
      }
      look()
    })
  return { ...kit, log, articles, ask, commits, renders, handedOver }
}

/** How many commits the fullest frame had. */
function fullestFrame(commits: readonly number[]): number {
  const inFrame = new Map<number, number>()
  for (const time of commits) inFrame.set(time, (inFrame.get(time) ?? 0) + 1)
  return Math.max(0, ...inFrame.values())
}

test.each([
  [1000, 'a write for every frame', undefined],
  [1000, 'a slower pace', 50],
  [20_000, 'a write for every frame', undefined],
])(
  '%s tokens in a burst into 500 messages, with %s: one commit a frame, no finished message renders, 3 writes to the cache',
  async (tokens, _name, streamThrottle) => {
    const { server, queryClient, articles, ask, commits, renders, handedOver } = await open(HISTORY, streamThrottle)
    const old = articles()
    const finished = [...renders.keys()]
    let writes = 0
    const stop = queryClient.getQueryCache().subscribe((event) => {
      if (event.type === 'updated' && event.action.type === 'success') writes += 1
    })
    const reply = server.holdReply()
    ask('Go on')
    await reply.token('Begin ')
    await screen.findByText('Begin')
    // Above the question and the answer. The words to come take their place in the view.
    const above = articles().slice(0, -2)
    expect(above.length).toBeGreaterThan(0)
    expect(above.filter((row) => !old.includes(row))).toEqual([])
    // That an answer comes is said once, in a commit of its own.
    await screen.findByText('The assistant is answering.')
    await frame()
    renders.clear()
    commits.length = 0

    const words = Array.from({ length: tokens }, (_, index) => `word${index} `)
    await Promise.all(words.map((word) => reply.token(word)))
    await waitFor(() => expect(articles().at(-1)!.textContent).toContain(`word${tokens - 1}`))
    await frame()
    expect(commits.length).toBeGreaterThanOrEqual(tokens / 10_000)
    expect(commits.length).toBeLessThan(tokens / 10)
    expect(fullestFrame(commits)).toBe(1)

    await reply.end()
    await handedOver()
    await frame()
    const shown = articles().at(-1)!.querySelector('p')!.textContent
    expect(shown.trim().split(' ')).toEqual(['Begin', ...words.map((word) => word.trim())])
    expect(finished.length).toBeGreaterThan(1)
    expect(finished.filter((key) => renders.has(key))).toEqual([])
    expect(writes).toBeLessThanOrEqual(3)
    stop()
  },
)

/** Elements that came to the list of messages or left it, from now on. */
function watchRows(log: HTMLElement) {
  const added: Node[] = []
  const removed: Node[] = []
  const take = (records: MutationRecord[]) => {
    for (const { addedNodes, removedNodes } of records) {
      added.push(...[...addedNodes].filter(isRow))
      removed.push(...[...removedNodes].filter(isRow))
    }
  }
  const observer = new MutationObserver(take)
  observer.observe(log, { childList: true, subtree: true })
  return () => {
    take(observer.takeRecords())
    observer.disconnect()
    return { added, removed }
  }
}
const isRow = (node: Node) =>
  node instanceof Element && (node.matches('article') || node.querySelector('article') !== null)

/** An answer is asked for, begun and ended; gives what was there while it was written, and what came and went at its end. */
async function exchange({ server, log, articles, ask, handedOver }: Awaited<ReturnType<typeof open>>, run: number) {
  const reply = server.holdReply()
  ask(`Question ${run}`)
  await reply.token(`Answer ${run}`)
  await screen.findByText(`Answer ${run}`)
  const before = articles()
  expect(before.at(-2)!.textContent).toContain(`Question ${run}`)
  expect(before.at(-1)!.textContent).toContain(`Answer ${run}`)
  const edge = log.getBoundingClientRect().top
  const near = before.filter((row) => row.getBoundingClientRect().bottom > edge - 50)
  const changed = watchRows(log)
  await reply.end()
  await handedOver()
  await frame()
  return { before, near, ...changed() }
}

test('at the hand-over the messages stay the elements they were, in 100 replies', { timeout: 120_000 }, async () => {
  // Threads of up to 100 messages are on the page as a whole, so there nothing at all may go. One is as long, the others are quicker.
  for (let from = 0, runs = 50; from < RUNS; from += runs, runs = 10) {
    const chat = await open([])
    for (let run = from; run < from + runs; run += 1) {
      const { before, added, removed } = await exchange(chat, run)
      expect(
        [...added, ...removed].map((row) => row.textContent),
        `in reply ${run}`,
      ).toEqual([])
      expect(chat.articles()).toHaveLength(before.length)
      expect(chat.articles().every((row, index) => row === before[index])).toBe(true)
    }
    const texts = chat.articles().map((row) => row.querySelector('p')?.textContent ?? row.textContent)
    const said = Array.from({ length: runs }, (_, run) => [`Question ${from + run}`, `Answer ${from + run}`])
    expect(texts).toEqual(said.flat())
    cleanup()
  }
})

test('at the hand-over in a thread of 500 what is in view and near it stays the elements it was, too', async () => {
  const chat = await open(HISTORY)
  for (let run = 0; run < 15; run += 1) {
    const { near } = await exchange(chat, run)
    const after = chat.articles()
    expect(near.length).toBeGreaterThan(2)
    expect(after.slice(-near.length).every((row, index) => row === near[index])).toBe(true)
    expect(new Set(after.map((row) => row.textContent)).size).toBe(after.length)
  }
})
