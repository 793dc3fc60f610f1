import '../../src/styles/index.css'
import '../../src/admin/styles/index.css'
import { cleanup, render, screen, waitFor, within } from '@testing-library/react'
import { ConversationInbox } from 'conversation-kit/admin'
import { createTestKit } from 'conversation-kit/testing'
import { afterEach, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'

afterEach(async () => {
  cleanup()
  await page.viewport(414, 896)
})

const NAMES = ['Order 1043', 'Refund', 'Hello']
const WIDE = 1500
const NARROW = 1000
const PHONE = 360

async function open(width: number) {
  await page.viewport(width, 800)
  const kit = createTestKit({
    conversations: NAMES.map((name, at) => ({ id: `c${at}`, name, createdAt: 9000 - at, updatedAt: 9000 - at })),
    locale: 'en',
  })
  render(
    <div style={{ blockSize: '100vh' }}>
      <ConversationInbox live={false} defaultValue="c0" />
    </div>,
    { wrapper: kit.wrapper },
  )
  await screen.findByRole('heading', { name: 'Order 1043' })
  return kit
}

const isSeen = (selector: string) => document.querySelector(selector)!.checkVisibility()
const resize = async (width: number) => {
  await page.viewport(width, 800)
  await new Promise(requestAnimationFrame)
}
/** What the button in the header of a conversation says of the details beside it. */
const told = () => {
  const button = within(document.querySelector<HTMLElement>('.ck-thread-header')!).getByRole('button', {
    name: /details$/,
  })
  return `${button.getAttribute('aria-expanded')} ${button.getAttribute('aria-label')}`
}
const agrees = (seen: boolean) =>
  waitFor(() => {
    expect(isSeen('.ck-inbox-panel')).toBe(seen)
    expect(told()).toBe(seen ? 'true Hide details' : 'false Show details')
  })
const press = async () => {
  await userEvent.click(screen.getAllByRole('button', { name: /details$/ })[0]!)
}

test('the button of the details says what is seen, whatever the room, and does what it says', async () => {
  await open(WIDE)
  await agrees(true)
  // There is no room beside the conversation: nobody asked for them, so they are gone.
  await resize(NARROW)
  await agrees(false)
  await press()
  await agrees(true)
  await resize(WIDE)
  await agrees(true)
  await press()
  await agrees(false)
  await resize(NARROW)
  await agrees(false)
  await resize(WIDE)
  await agrees(false)
  await press()
  await agrees(true)
  expect(isSeen('.ck-inbox-thread')).toBe(true)
})

test('on a phone the details take the place of the conversation and give it back', async () => {
  await open(PHONE)
  await agrees(false)
  expect(isSeen('.ck-inbox-thread')).toBe(true)
  await press()
  await waitFor(() => expect(isSeen('.ck-inbox-panel')).toBe(true))
  expect(isSeen('.ck-inbox-thread')).toBe(false)
  expect(document.querySelector('.ck-inbox-panel')!.contains(document.activeElement)).toBe(true)
  await press()
  await agrees(false)
  expect(isSeen('.ck-inbox-thread')).toBe(true)
  expect(document.querySelector('.ck-inbox-thread')!.contains(document.activeElement)).toBe(true)
})

test('who deletes in the list of a phone stays in the list, and can take it back there', async () => {
  const { server } = await open(PHONE)
  await userEvent.click(screen.getByRole('button', { name: 'Back to the list' }))
  await waitFor(() => expect(isSeen('.ck-inbox-list')).toBe(true))
  const row = await screen.findByRole('button', { name: /^Order 1043/ })
  await waitFor(() => expect(document.activeElement).toBe(row))
  // The one that is open.
  await userEvent.keyboard('#')
  const undo = await screen.findByRole('button', { name: 'Undo' })
  expect(screen.queryByRole('button', { name: /^Order 1043/ })).toBeNull()
  expect(isSeen('.ck-inbox-list')).toBe(true)
  expect(isSeen('.ck-inbox-thread')).toBe(false)
  expect(document.activeElement).toBe(screen.getByRole('button', { name: /^Refund/ }))
  await userEvent.keyboard('{Delete}')
  await waitFor(() => expect(screen.queryByRole('button', { name: /^Refund/ })).toBeNull())
  expect(isSeen('.ck-inbox-list')).toBe(true)
  expect(document.activeElement).toBe(screen.getByRole('button', { name: /^Hello/ }))
  await userEvent.click(undo)
  await waitFor(() => expect(document.activeElement?.textContent).toMatch(/^Refund/))
  expect(isSeen('.ck-inbox-list')).toBe(true)
  expect(server.snapshot().conversations).toHaveLength(3)
})

test('on a phone a conversation whose deletion was refused is opened by the first press', async () => {
  const { server } = await open(PHONE)
  server.fail('conversation.delete', { status: 403, code: 'NOT_AUTHORIZED' })
  await userEvent.click(screen.getByRole('button', { name: 'Back to the list' }))
  const row = await screen.findByRole('button', { name: /^Order 1043/ })
  await waitFor(() => expect(document.activeElement).toBe(row))
  await userEvent.keyboard('{Delete}')
  await screen.findByRole('button', { name: 'Undo' })
  // The page is about to be left: what waits is sent.
  dispatchEvent(new Event('pagehide'))
  await screen.findByRole('alert')
  await userEvent.click(await screen.findByRole('button', { name: /^Order 1043/ }))
  await waitFor(() => expect(isSeen('.ck-inbox-thread')).toBe(true))
  expect(isSeen('.ck-inbox-list')).toBe(false)
})
