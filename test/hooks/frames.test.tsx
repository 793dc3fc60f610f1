import { act, renderHook } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { useChat } from 'conversation-kit'
import { ConversationClient } from 'conversation-kit/transport'
import { createTestKit } from 'conversation-kit/testing'
import './support.ts'

const WORDS = Array.from({ length: 1000 }, (_, index) => `${index} `)
const WHOLE = WORDS.join('')

/** A chat whose next answer comes all at once, and the frames of its page one by one. */
async function openChat(onEvent?: () => void) {
  const line = (type: string, data: unknown) => `${JSON.stringify({ type, data })}\n`
  const body = [
    ...WORDS.map((token) => line('token', { token, type: 'bot' })),
    line('result', { id: 'm1', text: WHOLE, end: { reason: 'stop' } }),
  ].join('')
  const headers = { 'content-type': 'application/jsonl' }
  const client = new ConversationClient({
    baseUrl: 'http://conversation-kit.test',
    retries: 0,
    fetch: () => Promise.resolve(new Response(body, { headers })),
  })
  const { wrapper, store } = createTestKit({ client })
  const texts = new Set<string>()
  let writes = 0
  const { result: chat } = renderHook(
    () => {
      const now = useChat({ conversationId: null, initialMessages: [], onEvent })
      texts.add(now.messages.at(-1)?.text ?? '')
      return now
    },
    { wrapper },
  )
  store.subscribe(({ live }, before) => void (writes += Number(live !== before.live)))
  return { chat, texts, writes: () => writes }
}

describe('an answer that comes all at once', () => {
  let frames: FrameRequestCallback[] = []
  const nextFrame = () => act(() => frames.splice(0).forEach((draw) => draw(performance.now())))

  beforeEach(() => {
    frames = []
    vi.stubGlobal('requestAnimationFrame', (draw: FrameRequestCallback) => frames.push(draw))
    vi.stubGlobal('cancelAnimationFrame', (id: number) => void frames.splice(id - 1, 1, () => {}))
    // A page that is not hidden gets its frames; nothing is drawn by the clock.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: false })
  })
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  test('is read in one frame and drawn in the next, its words and its end together', async () => {
    const read = vi.fn<() => void>()
    const { chat, texts, writes } = await openChat(read)
    let sent: Promise<unknown> | undefined
    act(() => void (sent = chat.current.sendMessage('Go')))
    const before = writes()
    await vi.waitFor(() => expect(read).toHaveBeenCalledTimes(WORDS.length + 1))
    await act(async () => {})
    expect(chat.current.status).toBe('submitted')
    expect(writes()).toBe(before)
    nextFrame()
    expect(chat.current).toMatchObject({ status: 'ready', messages: [{}, { text: WHOLE, status: 'sent' }] })
    expect(writes()).toBe(before + 1)
    expect([...texts]).toEqual(['', 'Go', WHOLE])
    await expect(sent).resolves.toBeDefined()
  })

  test('is all there, and at its end, for a reader who stops it before that frame', async () => {
    const read = vi.fn<() => void>()
    const { chat } = await openChat(read)
    act(() => void chat.current.sendMessage('Go'))
    await vi.waitFor(() => expect(read).toHaveBeenCalledTimes(WORDS.length + 1))
    act(() => chat.current.stop())
    expect(chat.current).toMatchObject({ status: 'ready', messages: [{}, { text: WHOLE, status: 'sent' }] })
  })
})
