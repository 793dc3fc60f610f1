import '../../src/styles/index.css'
import '../../src/admin/styles/index.css'
import type { InfiniteData } from '@tanstack/react-query'
import { act, cleanup, render, screen, waitFor } from '@testing-library/react'
import { ConversationList } from 'conversation-kit'
import type { ConversationListProps } from 'conversation-kit'
import { conversationKeys } from 'conversation-kit/queries'
import { buildConversation, createTestKit } from 'conversation-kit/testing'
import { afterEach, expect, test } from 'vitest'
import { userEvent as keys } from 'vitest/browser'
import type { ConversationListResponse } from '../../src/protocol/index.ts'

afterEach(cleanup)

type Lists = InfiniteData<ConversationListResponse, string | undefined>
const frame = () => new Promise(requestAnimationFrame)
async function frames(count: number) {
  for (let index = 0; index < count; index += 1) await frame()
}

const talk = (index: number) =>
  buildConversation({
    id: `c${index}`,
    name: `Talk ${index}`,
    // Rows of two heights.
    description: index % 3 === 0 ? undefined : 'What was said last',
  })

function open(count: number, props: ConversationListProps = {}) {
  const kit = createTestKit({ locale: 'en' })
  const items = Array.from({ length: count }, (_, index) => talk(index))
  kit.queryClient.setQueryData<Lists>(conversationKeys.list(), { pages: [{ items }], pageParams: [undefined] })
  const view = render(
    <div style={{ inlineSize: 320, blockSize: 500 }}>
      <ConversationList {...props} />
    </div>,
    { wrapper: kit.wrapper },
  )
  const scroller = view.container.querySelector<HTMLElement>('.ck-conversations-scroll')!
  const write = (change: (items: Lists['pages'][0]['items']) => Lists['pages'][0]['items']) =>
    act(
      () =>
        void kit.queryClient.setQueryData<Lists>(conversationKeys.list(), (lists) => ({
          pages: [{ items: change(lists!.pages[0]!.items) }],
          pageParams: [undefined],
        })),
    )
  /** The row at the upper edge of the view, and where it is. */
  const read = () => {
    const top = scroller.getBoundingClientRect().top
    const row = [...scroller.querySelectorAll('.ck-conversation')].find(
      (each) => each.getBoundingClientRect().bottom > top + 8,
    )!
    return { name: row.querySelector('.ck-conversation-name')!.textContent, top: row.getBoundingClientRect().top - top }
  }
  return { ...kit, ...view, scroller, write, read }
}

test('new conversations on top move nothing that is read, are counted, and are a press away', async () => {
  const { scroller, write, read } = open(1000)
  await frames(2)
  scroller.scrollTop = 4000
  await frames(4)
  const before = read()
  write((items) => [talk(2001), talk(2002), talk(2003), ...items])
  await frames(3)
  const after = read()
  expect(after.name).toBe(before.name)
  expect(Math.abs(after.top - before.top)).toBeLessThanOrEqual(1)
  await keys.click(screen.getByRole('button', { name: '3 new' }))
  await screen.findByText('Talk 2001')
  await waitFor(() => expect(scroller.scrollTop).toBe(0))
  expect(screen.queryByRole('button', { name: '3 new' })).toBeNull()
})

test.each([45, 1000])('of %i, who has just left the top keeps the place that is read there', async (count) => {
  const { scroller, write, read } = open(count)
  await frames(3)
  // The browser has not told of it yet.
  scroller.scrollTop = 300
  const before = read()
  write((items) => [talk(2001), talk(2002), talk(2003), ...items])
  expect(read().name).toBe(before.name)
  await frames(3)
  const after = read()
  expect(after.name).toBe(before.name)
  expect(Math.abs(after.top - before.top)).toBeLessThanOrEqual(1)
  expect(screen.getByRole('button', { name: '3 new' })).toBeTruthy()
})

test('who asks for another list begins at its top, and nothing of it is called new', async () => {
  const params = { meta: { team: 'b' } }
  const kit = createTestKit({ locale: 'en' })
  const put = (key: readonly unknown[], items: Lists['pages'][0]['items']) =>
    kit.queryClient.setQueryData<Lists>(key, { pages: [{ items }], pageParams: [undefined] })
  const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => talk(from + index))
  put(conversationKeys.list(), range(500, 1500))
  put(conversationKeys.list(params), range(0, 1000))
  const page = (list: ConversationListProps['params']) => (
    <div style={{ inlineSize: 320, blockSize: 500 }}>
      <ConversationList params={list} />
    </div>
  )
  const { container, rerender } = render(page(undefined), { wrapper: kit.wrapper })
  const scroller = container.querySelector<HTMLElement>('.ck-conversations-scroll')!
  await frames(2)
  scroller.scrollTop = 4000
  await frames(4)
  rerender(page(params))
  await screen.findByText('Talk 0')
  await frames(3)
  expect(scroller.scrollTop).toBe(0)
  expect(screen.queryByRole('button', { name: /new$/ })).toBeNull()
})

test('at the top of the list what is new is simply there', async () => {
  const { scroller, write } = open(1000)
  await frames(2)
  write((items) => [talk(2001), ...items])
  await frames(2)
  expect(screen.getByText('Talk 2001').getBoundingClientRect().top).toBeGreaterThan(
    scroller.getBoundingClientRect().top - 1,
  )
  expect(screen.queryByRole('button', { name: '1 new' })).toBeNull()
})

test('scrolling never shows an empty view, and the place is true at both ends', async () => {
  const { scroller } = open(3000)
  const isBlank = () => {
    const { top, bottom, left, width } = scroller.getBoundingClientRect()
    for (let y = top + 20; y < bottom - 20; y += 60) {
      // Between two rows there is a line of nothing.
      const rows = [y, y + 2].map((at) => document.elementFromPoint(left + width / 2, at)?.closest('.ck-row'))
      if (!rows.some(Boolean)) return true
    }
    return false
  }
  for (let step = 0; step < 40; step += 1) {
    scroller.scrollTop += step % 10 === 9 ? 20_000 : 150
    await frame()
    await frame()
    expect(isBlank()).toBe(false)
  }
  scroller.scrollTop = scroller.scrollHeight
  await frames(4)
  scroller.scrollTop = scroller.scrollHeight
  await frames(4)
  expect(screen.getByText('Talk 2999')).toBeTruthy()
  scroller.scrollTop = 0
  await frames(4)
  expect(screen.getByText('Talk 0').getBoundingClientRect().top).toBeGreaterThanOrEqual(
    scroller.getBoundingClientRect().top,
  )
  expect(document.querySelectorAll('.ck-row').length).toBeLessThan(60)
})

test('the keyboard goes to the end and back, a view at a time too, and the focus stays when its row is scrolled away', async () => {
  const { scroller } = open(1000)
  await frames(2)
  const focused = () => document.activeElement?.querySelector('.ck-conversation-name')?.textContent
  screen.getByRole('button', { name: /^Talk 0/ }).focus()
  await keys.keyboard('{PageDown}')
  const first = Number(focused()!.slice(5))
  expect(first).toBeGreaterThan(4)
  expect(first).toBeLessThan(20)
  await keys.keyboard('{End}')
  await waitFor(() => expect(focused()).toBe('Talk 999'))
  await keys.keyboard('{ArrowUp}')
  expect(focused()).toBe('Talk 998')
  scroller.scrollTop = 2000
  await frames(6)
  expect(focused()).toBe('Talk 998')
  await keys.keyboard('{Home}')
  await waitFor(() => expect(focused()).toBe('Talk 0'))
  expect(scroller.scrollTop).toBe(0)
})
