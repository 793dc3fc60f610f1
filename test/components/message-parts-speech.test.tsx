import { fireEvent, render, screen, waitFor } from '@testing-library/react'
import { Chat } from 'conversation-kit'
import type { ChatMessage } from 'conversation-kit'
import { createTestKit } from 'conversation-kit/testing'
import { StrictMode } from 'react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { chatAt, message } from './support.tsx'

class Utterance extends EventTarget {
  lang = ''
  readonly text: string
  constructor(text: string) {
    super()
    this.text = text
  }
}

/** A voice as platforms have it: it keeps a queue, and tells of the end of each piece. The page in these tests has none. */
function voice() {
  let queue: Utterance[] = []
  const said: Utterance[] = []
  return {
    said,
    speak(utterance: Utterance) {
      queue.push(utterance)
      said.push(utterance)
    },
    cancel() {
      const dropped = queue
      queue = []
      for (const utterance of dropped) utterance.dispatchEvent(new Event('error'))
    },
    isSilent: () => queue.length === 0,
    finish() {
      while (queue.length > 0) queue.shift()!.dispatchEvent(new Event('end'))
    },
  }
}

let platform: ReturnType<typeof voice>
beforeEach(() => {
  platform = voice()
  vi.stubGlobal('speechSynthesis', platform)
  vi.stubGlobal('SpeechSynthesisUtterance', Utterance)
  document.documentElement.lang = 'en-GB'
})
afterEach(() => {
  vi.unstubAllGlobals()
  document.documentElement.removeAttribute('lang')
})

const view = (...messages: Partial<ChatMessage>[]) => (
  <StrictMode>
    <Chat.Root chat={chatAt()}>
      {messages.map((over, index) => (
        <Chat.Message key={over.key ?? index} message={message(over)}>
          <Chat.Speak />
        </Chat.Message>
      ))}
    </Chat.Root>
  </StrictMode>
)
const show = (...messages: Partial<ChatMessage>[]) => render(view(...messages), { wrapper: createTestKit().wrapper })
const buttons = () => screen.queryAllByRole('button', { name: 'Read aloud' })
const pressed = () => buttons().map((button) => button.getAttribute('aria-pressed'))
const heard = () => platform.said.map(({ text }) => text.trim()).join(' ')

describe('reading aloud', () => {
  test('says an answer without its marks, in the language of the page, until its end', async () => {
    show({ text: 'Put it **into the oven**. Then wait.' })
    fireEvent.click(buttons()[0]!)
    expect(pressed()).toEqual(['true'])
    await waitFor(() => expect(heard()).toBe('Put it into the oven. Then wait.'))
    expect(platform.said.every(({ lang }) => lang === 'en-GB')).toBe(true)
    platform.finish()
    await waitFor(() => expect(pressed()).toEqual(['false']))
  })

  test('says a long answer whole, in pieces that no voice breaks off', async () => {
    const text = Array.from({ length: 60 }, (_, index) => `This is sentence ${index}.`).join(' ')
    show({ text })
    fireEvent.click(buttons()[0]!)
    await waitFor(() => expect(heard()).toBe(text))
    expect(platform.said.length).toBeGreaterThan(1)
    expect(Math.max(...platform.said.map((utterance) => utterance.text.length))).toBeLessThanOrEqual(250)
  })

  test('stops when it is pressed again', async () => {
    show({ text: 'Hello.' })
    fireEvent.click(buttons()[0]!)
    await waitFor(() => expect(platform.isSilent()).toBe(false))
    fireEvent.click(buttons()[0]!)
    expect(platform.isSilent()).toBe(true)
    expect(pressed()).toEqual(['false'])
  })

  test('stops when it is pressed again before it has begun', async () => {
    show({ text: 'Hello.' }, { key: 'm2', text: 'Bye.' })
    fireEvent.click(buttons()[0]!)
    fireEvent.click(buttons()[0]!)
    fireEvent.click(buttons()[1]!)
    await waitFor(() => expect(platform.isSilent()).toBe(false))
    expect(heard()).toBe('Bye.')
  })

  test('stops when another one begins', async () => {
    show({ text: 'Hello.' }, { key: 'm2', text: 'Bye.' })
    fireEvent.click(buttons()[0]!)
    await waitFor(() => expect(heard()).toBe('Hello.'))
    fireEvent.click(buttons()[1]!)
    await waitFor(() => expect(pressed()).toEqual(['false', 'true']))
    expect(heard()).toBe('Hello. Bye.')
    platform.finish()
    await waitFor(() => expect(pressed()).toEqual(['false', 'false']))
  })

  test('stops when the message goes, and when the page is left', async () => {
    const { rerender } = show({ text: 'Hello.' })
    fireEvent.click(buttons()[0]!)
    await waitFor(() => expect(platform.isSilent()).toBe(false))
    rerender(view({ key: 'm2', text: 'Bye.' }))
    expect(platform.isSilent()).toBe(true)
    fireEvent.click(buttons()[0]!)
    await waitFor(() => expect(platform.isSilent()).toBe(false))
    fireEvent(window, new Event('pagehide'))
    expect(platform.isSilent()).toBe(true)
    await waitFor(() => expect(pressed()).toEqual(['false']))
  })

  test('is offered for what the assistant says, and only where there is a voice', () => {
    show({ role: 'user', text: 'Hello.' }, { key: 'm2', text: '', parts: [] })
    expect(buttons()).toEqual([])
    vi.unstubAllGlobals()
    Reflect.deleteProperty(globalThis, 'speechSynthesis')
    show({ text: 'Hello.' })
    expect(buttons()).toEqual([])
  })
})
