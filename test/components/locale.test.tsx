import { fireEvent, render, screen, waitFor } from '@testing-library/react'
import { Chat, ChatWindow, ConversationList, ConversationProvider } from 'conversation-kit'
import type { Messages } from 'conversation-kit'
import ar from 'conversation-kit/locales/ar'
import de from 'conversation-kit/locales/de'
import fr from 'conversation-kit/locales/fr'
import { createTestKit } from 'conversation-kit/testing'
import { ConversationError } from 'conversation-kit/transport'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { pseudoMessages } from '../support/pseudo.ts'
import { chatAt } from './support.tsx'

afterEach(() => vi.restoreAllMocks())

const conversations = [{ id: 'c1', name: 'Bread', createdAt: Date.now(), updatedAt: Date.now() }]

test.each([
  ['the browser has no language', 'en-US@posix', undefined, 'now'],
  ['the app names one that there is not', 'en', 'no such tag', 'now'],
  ['the app names none at all', 'de', '', 'jetzt'],
  ['the app names one in letters of its own', 'en', 'DE-de', 'jetzt'],
  ['the app names one that nobody speaks', 'en', 'xx', 'now'],
  ['the app names one', 'en', 'de', 'jetzt'],
])('times are written when %s', async (_, language, locale, text) => {
  vi.spyOn(navigator, 'language', 'get').mockReturnValue(language)
  const { wrapper } = createTestKit({ conversations, now: Date.now, ...(locale !== undefined && { locale }) })
  render(<ConversationList />, { wrapper })
  await screen.findByText('Bread')
  expect(screen.getByText(text)).toBeTruthy()
})

/** A page whose language is a prop. */
function page(options: Parameters<typeof createTestKit>[0] = { conversations, now: Date.now }) {
  const { client, queryClient, store } = createTestKit(options)
  return (locale?: string, messages?: Partial<Messages>) => (
    <ConversationProvider client={client} queryClient={queryClient} store={store} locale={locale} messages={messages}>
      <ConversationList />
      <ChatWindow />
    </ConversationProvider>
  )
}

describe('the language', () => {
  test('changes while the page is open, and what is written stays', async () => {
    const inLanguage = page()
    const { rerender } = render(inLanguage('en'))
    await screen.findByText('Bread')
    expect(screen.getByText('now')).toBeTruthy()
    const field = screen.getByRole('textbox', { name: 'Write a message…' })
    rerender(inLanguage('de', (await import('conversation-kit/locales/de')).default))
    expect(screen.getByRole('navigation', { name: 'Unterhaltungen' })).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Senden' })).toBeTruthy()
    expect(screen.getByText('jetzt')).toBeTruthy()
    expect(screen.getByRole('textbox', { name: 'Nachricht schreiben …' })).toBe(field)
    rerender(inLanguage('ar', ar))
    expect(screen.getByRole('button', { name: 'إرسال' })).toBeTruthy()
    rerender(inLanguage('en'))
    expect(screen.getByRole('button', { name: 'Send' })).toBeTruthy()
  })

  test('is complete where an app changes single words, and falls back to English', async () => {
    const inLanguage = page()
    const { rerender } = render(inLanguage('de', { ...de, emptyTitle: 'Moin!' }))
    expect(await screen.findByText('Moin!')).toBeTruthy()
    expect(screen.getByText('Stellen Sie einfach eine Frage.')).toBeTruthy()
    rerender(inLanguage('de', { emptyTitle: 'Moin!' }))
    expect(screen.getByText('Moin!')).toBeTruthy()
    expect(screen.getByText('Ask anything to begin.')).toBeTruthy()
  })

  test('of the words is that of the times, also when the app names no locale', async () => {
    vi.spyOn(navigator, 'language', 'get').mockReturnValue('en-GB')
    const updatedAt = Date.now() - 180_000
    render(page({ conversations: [{ ...conversations[0]!, updatedAt }], now: Date.now })(undefined, fr))
    expect(await screen.findByText(/^il y a 3/)).toBeTruthy()
  })
})

test('an empty field reads as the page does, and one with words as the words do', async () => {
  const { wrapper } = createTestKit()
  render(<ChatWindow />, { wrapper })
  const field = screen.getByRole('textbox')
  expect(field.hasAttribute('dir')).toBe(false)
  fireEvent.change(field, { target: { value: 'مرحبا' } })
  expect(field.getAttribute('dir')).toBe('auto')
})

describe('an error', () => {
  const CODES = [
    ...['NETWORK', 'STREAM_INTERRUPTED', 'STREAM_PARSE', 'TIMEOUT', 'BUSY', 'HTTP', 'NOT_FOUND', 'UNKNOWN'].map(
      (code) => ({
        code,
      }),
    ),
    ...[400, 401, 403, 404, 408, 413, 422, 429, 500, 502, 503, 504].map((status) => ({ code: 'HTTP', status })),
    { code: 'RATE_LIMITED', status: 429, retryAfter: 20 },
  ]
  const shown = (facts: object, messages: Partial<Messages>) => {
    const error = new ConversationError({ message: 'for the developer', ...facts } as ConstructorParameters<
      typeof ConversationError
    >[0])
    const { client } = createTestKit()
    render(
      <ConversationProvider client={client} messages={messages}>
        <Chat.Root chat={chatAt({ status: 'error', error })}>
          <Chat.ErrorMessage />
        </Chat.Root>
      </ConversationProvider>,
    )
    return screen.findByRole('alert')
  }

  test.each(CODES)(
    'of $code $status is said in words of the catalogue, whole, with what can be done',
    async (facts) => {
      const alert = await shown(facts, pseudoMessages)
      const texts = [...alert.querySelectorAll('.ck-error-text, button')].map((element) => element.textContent)
      expect(texts.length).toBeGreaterThan(1)
      for (const text of texts) expect(text).toMatch(/^⟦[^⟦⟧]+⟧$/)
      expect(alert.textContent?.replaceAll(/⟦[^⟧]*⟧/g, '')).toBe('')
    },
  )

  test('that passes says when, in the reader’s language', async () => {
    const alert = await shown({ code: 'RATE_LIMITED', status: 429, retryAfter: 20 }, de)
    await waitFor(() => expect(alert.textContent).toContain('in 20 Sekunden'))
  })
})
