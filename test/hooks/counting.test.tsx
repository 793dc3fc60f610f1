import { act, renderHook, screen, waitFor } from '@testing-library/react'
import { memo, Profiler } from 'react'
import { expect, test } from 'vitest'
import { useChat, useMessage, useMessageKeys } from 'conversation-kit'
import { createTestKit } from 'conversation-kit/testing'
import './support.ts'

const TOKENS = 1000
const THREAD = 500

const messages = Array.from({ length: THREAD }, (_, index) => ({
  type: index % 2 ? ('bot' as const) : ('user' as const),
  text: `message ${index}`,
}))

test(
  'a thousand tokens in a burst: a commit a frame at most, no finished message renders, the cache is written at most 3 times',
  { timeout: 60_000 },
  async () => {
    const { server, wrapper: Kit, queryClient, store } = createTestKit({ conversations: [{ id: 'c1', messages }] })
    const client = queryClient
    const renders = new Map<string, number>()
    let commits = 0

    const Row = memo(function Row({ id }: { id: string }) {
      const message = useMessage('c1', id)
      renders.set(id, (renders.get(id) ?? 0) + 1)
      return (
        <li data-key={id} data-status={message?.status}>
          {message?.text}
        </li>
      )
    })
    const Rows = memo(function Rows() {
      return (
        <ol>
          {useMessageKeys('c1').map((key) => (
            <Row key={key} id={key} />
          ))}
        </ol>
      )
    })
    const { result: chat } = renderHook(() => useChat({ conversationId: 'c1' }), {
      wrapper: ({ children }) => (
        <Kit>
          {children}
          <Profiler id="rows" onRender={() => (commits += 1)}>
            <Rows />
          </Profiler>
        </Kit>
      ),
    })
    await waitFor(() => expect(screen.getAllByRole('listitem')).toHaveLength(100))
    for (let page = 0; page < 4; page += 1) await act(() => chat.current.loadOlder())
    await waitFor(() => expect(screen.getAllByRole('listitem')).toHaveLength(THREAD), { timeout: 10_000 })

    let frames = 0
    const next = globalThis.requestAnimationFrame
    globalThis.requestAnimationFrame = (callback) =>
      next((time) => {
        frames += 1
        callback(time)
      })
    let writes = 0
    const stop = client.getQueryCache().subscribe((event) => {
      if (event.type === 'updated' && event.action.type === 'success') writes += 1
    })

    const reply = server.holdReply()
    await act(async () => void chat.current.sendMessage('Go'))
    const old = screen.getAllByRole('listitem').slice(0, THREAD)
    await reply.token('Begin ')
    await waitFor(() => expect(screen.getAllByRole('listitem').at(-1)!.textContent).toBe('Begin '))
    renders.clear()
    commits = 0
    frames = 0

    const pieces = Array.from({ length: TOKENS }, (_, index) => `${index} `)
    const sent = pieces.map((piece) => reply.token(piece))
    await Promise.all([...sent, reply.end()])
    await waitFor(() => expect(store.getState().live.c1).toBeUndefined(), { timeout: 10_000 })
    await waitFor(() => expect(screen.getAllByRole('listitem').at(-1)!.dataset.status).toBe('sent'))

    const last = screen.getAllByRole('listitem').at(-1)!
    expect(last.textContent).toBe(`Begin ${pieces.join('')}`)
    // One commit for each frame, one for the end, and one for the hand-over.
    expect(commits).toBeLessThanOrEqual(frames + 2)
    expect(commits).toBeLessThan(50)
    const finished = old.map((row) => row.dataset.key!)
    expect(finished.filter((key) => renders.has(key))).toEqual([])
    expect(writes).toBeLessThanOrEqual(3)
    // The same elements, before, while and after.
    expect(screen.getAllByRole('listitem').slice(0, THREAD)).toEqual(old)

    stop()
    globalThis.requestAnimationFrame = next
  },
)

test('at the hand-over no row is removed and none is doubled', { timeout: 60_000 }, async () => {
  const { server, wrapper: Kit, store } = createTestKit({ conversations: [{ id: 'c1' }] })
  const { result: chat } = renderHook(() => useChat({ conversationId: 'c1' }), {
    wrapper: ({ children }) => (
      <Kit>
        <Rows />
        {children}
      </Kit>
    ),
  })
  await waitFor(() => expect(chat.current.isLoadingHistory).toBe(false))
  const removed: string[] = []
  const added: string[] = []
  const observer = new MutationObserver((records) => {
    for (const record of records) {
      for (const node of record.removedNodes) if (node.nodeName === 'LI') removed.push(node.textContent ?? '')
      for (const node of record.addedNodes) if (node.nodeName === 'LI') added.push(node.textContent ?? '')
    }
  })
  observer.observe(document.body, { childList: true, subtree: true })
  const runs = 100
  for (let run = 0; run < runs; run += 1) {
    server.reply(['Answer ', `${run}`])
    await act(() => chat.current.sendMessage(`Question ${run}`))
    expect(store.getState().live.c1).toBeUndefined()
  }
  await act(async () => {
    await new Promise((resolve) => setTimeout(resolve, 0))
  })
  observer.disconnect()
  expect(removed).toEqual([])
  expect(added).toHaveLength(2 * runs)
  expect(screen.getAllByRole('listitem')).toHaveLength(2 * runs)
})

function Rows() {
  const { messages } = useChat({ conversationId: 'c1' })
  return (
    <ol>
      {messages.map((message) => (
        <li key={message.key}>{message.text}</li>
      ))}
    </ol>
  )
}
