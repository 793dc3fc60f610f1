import { render, screen } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { ConversationList } from 'conversation-kit'
import { createTestKit } from 'conversation-kit/testing'

afterEach(() => vi.restoreAllMocks())

const conversations = [{ id: 'c1', name: 'Bread', createdAt: Date.now(), updatedAt: Date.now() }]

test.each([
  ['the browser has no language', 'en-US@posix', undefined, 'now'],
  ['the app names one that there is not', 'en', 'no such tag', 'now'],
  ['the app names one', 'en', 'de', 'jetzt'],
])('times are written when %s', async (_, language, locale, text) => {
  vi.spyOn(navigator, 'language', 'get').mockReturnValue(language)
  const { wrapper } = createTestKit({ conversations, now: Date.now, ...(locale && { locale }) })
  render(<ConversationList />, { wrapper })
  await screen.findByText('Bread')
  expect(screen.getByText(text)).toBeTruthy()
})
