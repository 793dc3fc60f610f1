import '../../src/styles/index.css'
import '../../src/admin/styles/index.css'
import type { InfiniteData } from '@tanstack/react-query'
import { act, cleanup, render, screen, waitFor, within } from '@testing-library/react'
import { ConversationInbox } from 'conversation-kit/admin'
import { conversationKeys } from 'conversation-kit/queries'
import { createTestKit } from 'conversation-kit/testing'
import { afterEach, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { ConversationListResponse } from '../../src/protocol/index.ts'

afterEach(async () => {
  cleanup()
  await page.viewport(414, 896)
})

const NAMES = ['Order 1043', 'Refund', 'Hello']
const WIDE = 1500
const NARROW = 1000
const PHONE = 360

async function open(width: number, names = NAMES) {
  await page.viewport(width, 800)
  const kit = createTestKit({
    conversations: names.map((name, at) => ({ id: `c${at}`, name, createdAt: 9000 - at, updatedAt: 9000 - at })),
    locale: 'en',
  })
  render(
    <div style={{ blockSize: '100vh' }}>
      <ConversationInbox live={false} defaultValue="c0" />
    </div>,
    { wrapper: kit.wrapper },
  )
  await screen.findByRole('heading', { name: names[0] })
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

describe('in a long list, whose reader has scrolled away from the row that has the focus', () => {
  const names = Array.from({ length: 300 }, (_, at) => `Talk ${at}`)
  const frames = async (count: number) => {
    for (let left = count; left > 0; left -= 1) await new Promise(requestAnimationFrame)
  }
  const row = (name: string) =>
    [...document.querySelectorAll<HTMLElement>('.ck-conversation')].find(
      (each) => each.querySelector('.ck-conversation-name')!.textContent === name,
    )!
  const focused = () => document.activeElement?.querySelector('.ck-conversation-name')?.textContent
  const isInView = (element: Element, scroller: Element) => {
    const [inner, outer] = [element.getBoundingClientRect(), scroller.getBoundingClientRect()]
    return inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1
  }

  /** All are loaded, row 6 has the focus, row 200 is seen. `before`: done in between. */
  async function beFar(before?: () => Promise<void>) {
    const kit = await open(WIDE, names)
    await screen.findByRole('checkbox', { name: 'Select Talk 0' })
    const items = names.map((name, at) => ({ id: `c${at}`, name, createdAt: 9000 - at, updatedAt: 9000 - at }))
    const write = (change: (now: ConversationListResponse['items']) => ConversationListResponse['items']) =>
      act(
        () =>
          void kit.queryClient.setQueriesData<InfiniteData<ConversationListResponse>>(
            { queryKey: conversationKeys.lists() },
            (lists) => lists && { pages: [{ items: change(lists.pages[0]!.items) }], pageParams: [undefined] },
          ),
      )
    write(() => items)
    await frames(2)
    row('Talk 6').focus()
    await before?.()
    const scroller = document.querySelector('.ck-conversations-scroll')!
    scroller.scrollTop = scroller.scrollHeight * 0.6
    await frames(20)
    expect(focused()).toBe('Talk 6')
    expect(row('Talk 9')).toBeUndefined()
    return { ...kit, write, scroller }
  }

  test('j goes to the next in the list, however fast it is pressed', async () => {
    const { scroller } = await beFar()
    for (let press = 0; press < 3; press += 1) {
      document.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', bubbles: true, cancelable: true }))
      await Promise.resolve()
    }
    await waitFor(() => expect(focused()).toBe('Talk 9'))
    await screen.findByRole('heading', { name: 'Talk 9' })
    expect(isInView(row('Talk 9'), scroller)).toBe(true)
  })

  test('# goes on to the next that stays, although it is not on the page', async () => {
    const { scroller } = await beFar(() => userEvent.keyboard('x{ArrowDown}x{ArrowUp}'))
    await userEvent.keyboard('#')
    await waitFor(() => expect(focused()).toBe('Talk 8'))
    expect(isInView(row('Talk 8'), scroller)).toBe(true)
    expect(row('Talk 7')).toBeUndefined()
  })

  test('what others delete leaves the focus to the next one, and moves nothing', async () => {
    const { write, scroller } = await beFar()
    const seen = [...document.querySelectorAll('.ck-conversation')].find((each) => isInView(each, scroller))!
    const { top } = seen.getBoundingClientRect()
    write((items) => items.filter(({ id }) => id !== 'c6'))
    await frames(4)
    expect(focused()).toBe('Talk 7')
    expect(Math.abs(seen.getBoundingClientRect().top - top)).toBeLessThanOrEqual(1)
  })
})
