import { act, renderHook } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { useChat } from 'conversation-kit'
import { ConversationClient } from 'conversation-kit/transport'
import { createTestKit } from 'conversation-kit/testing'
import './support.ts'

const wordsTo = (length: number) => Array.from({ length }, (_, index) => `${index} `)

/** A chat whose next answer comes all at once, and the frames of its page one by one. */
function openChat(words: readonly string[]) {
  const whole = words.join('')
  const read = vi.fn<() => void>()
  const line = (type: string, data: unknown) => `${JSON.stringify({ type, data })}\n`
  const body = [
    ...words.map((token) => line('token', { token, type: 'bot' })),
    line('result', { id: 'm1', text: whole, end: { reason: 'stop' } }),
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
      const now = useChat({ conversationId: null, initialMessages: [], onEvent: read })
      texts.add(now.messages.at(-1)?.text ?? '')
      return now
    },
    { wrapper },
  )
  store.subscribe(({ live }, before) => void (writes += Number(live !== before.live)))
  /** Resolves when all has come, and nothing of it is drawn. */
  const allRead = () => vi.waitFor(() => expect(read).toHaveBeenCalledTimes(words.length + 1))
  return { chat, texts, writes: () => writes, whole, allRead }
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
    const { chat, texts, writes, whole, allRead } = openChat(wordsTo(400))
    let sent: Promise<unknown> | undefined
    act(() => void (sent = chat.current.sendMessage('Go')))
    const before = writes()
    await allRead()
    await act(async () => {})
    expect(chat.current.status).toBe('submitted')
    expect(writes()).toBe(before)
    nextFrame()
    expect(chat.current).toMatchObject({ status: 'ready', messages: [{}, { text: whole, status: 'sent' }] })
    expect(writes()).toBe(before + 1)
    expect([...texts]).toEqual(['', 'Go', whole])
    await expect(sent).resolves.toBeDefined()
  })

  test('has its words drawn in one frame and its end in the next when it is long', async () => {
    const { chat, writes, whole, allRead } = openChat(wordsTo(1000))
    let sent: Promise<unknown> | undefined
    act(() => void (sent = chat.current.sendMessage('Go')))
    const before = writes()
    await allRead()
    await act(async () => {})
    nextFrame()
    expect(chat.current).toMatchObject({ status: 'streaming', messages: [{}, { text: whole }] })
    await act(async () => {})
    nextFrame()
    expect(chat.current).toMatchObject({ status: 'ready', messages: [{}, { text: whole, status: 'sent' }] })
    expect(writes()).toBe(before + 2)
    await expect(sent).resolves.toBeDefined()
  })

  test('is all there, and at its end, for a reader who stops it before that frame', async () => {
    const { chat, whole, allRead } = openChat(wordsTo(1000))
    act(() => void chat.current.sendMessage('Go'))
    await allRead()
    act(() => chat.current.stop())
    expect(chat.current).toMatchObject({ status: 'ready', messages: [{}, { text: whole, status: 'sent' }] })
  })

  test('is drawn in pieces when it is more than a frame can hold, and stopped between them it is all there', async () => {
    const { chat, texts, whole, allRead } = openChat(wordsTo(10_000))
    act(() => void chat.current.sendMessage('Go'))
    await allRead()
    const drawn = () => chat.current.messages.at(-1)!.text.length
    let before = 0
    for (let frame = 0; frame < 3; frame += 1) {
      nextFrame()
      await act(async () => {})
      expect(chat.current.status).toBe('streaming')
      expect(drawn() - before).toBeGreaterThan(1000)
      expect(drawn() - before).toBeLessThan(10_000)
      before = drawn()
    }
    expect([...texts].slice(2).every((text) => whole.startsWith(text))).toBe(true)
    act(() => chat.current.stop())
    expect(chat.current).toMatchObject({ status: 'ready', messages: [{}, { text: whole, status: 'sent' }] })
  })
})
