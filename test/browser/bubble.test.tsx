import '../../src/styles/index.css'
import { act, cleanup, render, screen, waitFor } from '@testing-library/react'
import { ChatBubble } from 'conversation-kit'
import type { ChatBubbleProps } from 'conversation-kit'
import { createTestKit } from 'conversation-kit/testing'
import { afterEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'

afterEach(() => {
  cleanup()
  document.documentElement.removeAttribute('dir')
})

const LINE = 'A line of an answer that is long enough to be more than one line. '
const TALK = {
  id: 'c1',
  messages: Array.from({ length: 30 }, (_, index) => ({
    id: `m${index}`,
    type: index % 2 === 0 ? ('user' as const) : ('bot' as const),
    text: `${index % 2 === 0 ? 'Question' : 'Answer'} ${index}. ${LINE.repeat(3)}`,
  })),
}

async function open(width: number, height: number, props: ChatBubbleProps = {}) {
  await page.viewport(width, height)
  const kit = createTestKit({ conversations: [TALK] })
  render(
    <main>
      <button type="button">A button of the page</button>
      <ChatBubble conversationId="c1" style={{ '--ck-duration': '0s' } as React.CSSProperties} {...props} />
    </main>,
    { wrapper: kit.wrapper },
  )
  const launcher = screen.getByRole('button', { name: 'Open chat' })
  await userEvent.click(launcher)
  await screen.findByText(/^Answer 29/)
  const panel = screen.getByRole('dialog')
  const box = () => panel.getBoundingClientRect()
  return { ...kit, launcher, panel, box, beside: screen.getByText('A button of the page') }
}

describe('where there is room', () => {
  test('the chat is in its corner, inside the window, and the page stays usable', async () => {
    const { box, launcher, panel, beside } = await open(1100, 700)
    const { left, right, top, bottom, width } = box()
    expect([left > 550, right <= 1100, top >= 0, bottom <= launcher.getBoundingClientRect().top]).toEqual([
      true,
      true,
      true,
      true,
    ])
    expect(width).toBe(400)
    expect(panel.getAttribute('aria-modal')).toBeNull()
    await userEvent.click(beside)
    expect(document.activeElement).toBe(beside)
    await userEvent.keyboard('{Escape}')
    expect(panel.hasAttribute('data-open')).toBe(true)
  })

  test.each([
    ['bottom-start', 'ltr', 'left'],
    ['bottom-end', 'rtl', 'left'],
    ['bottom-start', 'rtl', 'right'],
  ] as const)('%s of a page that reads %s is on the %s', async (position, dir, side) => {
    document.documentElement.dir = dir
    const { box, launcher } = await open(1100, 700, { position })
    for (const { left, right } of [box(), launcher.getBoundingClientRect()]) {
      expect(left < 100 ? 'left' : right > 1000 ? 'right' : 'between').toBe(side)
    }
  })

  test('in a low window it is as high as there is room', async () => {
    const { box } = await open(900, 500)
    expect(box().top).toBeGreaterThanOrEqual(0)
    expect(box().height).toBeGreaterThan(350)
  })

  test('what was read is still there when the chat is opened again', async () => {
    const { store, panel } = await open(1100, 700)
    const log = screen.getByRole('log')
    log.scrollTop -= 900
    await waitFor(() => expect(screen.getByRole('button', { name: 'Jump to latest' })).toBeTruthy())
    const read = [...log.querySelectorAll('.ck-message')].find((row) => row.getBoundingClientRect().top > 200)!
    const { top } = read.getBoundingClientRect()
    act(() => store.getState().actions.setOpen(false))
    await expect.poll(() => getComputedStyle(panel).visibility).toBe('hidden')
    act(() => store.getState().actions.setOpen(true))
    await expect.poll(() => getComputedStyle(panel).visibility).toBe('visible')
    expect(Math.abs(read.getBoundingClientRect().top - top)).toBeLessThanOrEqual(1)
  })
})

describe('on a phone', () => {
  test('the chat is a sheet over all of it; nothing behind can be reached until it is closed', async () => {
    const { box, panel, beside, launcher } = await open(390, 700)
    expect([box().left, box().top, box().width, box().height]).toEqual([0, 0, 390, 700])
    expect(panel.getAttribute('aria-modal')).toBe('true')
    expect(getComputedStyle(launcher).visibility).toBe('hidden')
    beside.focus()
    expect(document.activeElement).not.toBe(beside)
    await userEvent.click(screen.getByRole('button', { name: 'Close' }))
    await expect.poll(() => document.activeElement).toBe(launcher)
    beside.focus()
    expect(document.activeElement).toBe(beside)
  })

  test('a phone that is turned leaves the page as it was', async () => {
    const { box, beside, panel } = await open(390, 700)
    await page.viewport(1100, 700)
    await expect.poll(() => panel.getAttribute('aria-modal')).toBeNull()
    expect(box().width).toBe(400)
    beside.focus()
    expect(document.activeElement).toBe(beside)
  })

  test('nothing is wider than 280 px on a screen that is', async () => {
    const { panel } = await open(280, 600)
    const wide = [...panel.querySelectorAll('*')].filter((element) => {
      const { left, right } = element.getBoundingClientRect()
      return (
        (left < -1 || right > 281) && !element.closest('.ck-program-text, .ck-table-scroll, .ck-hidden, .ck-status')
      )
    })
    expect(wide.map((element) => element.className)).toEqual([])
  })
})
