import type { InfiniteData } from '@tanstack/react-query'
import { act, render, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { ConversationList } from 'conversation-kit'
import type { ConversationListProps } from 'conversation-kit'
import { conversationKeys, createConversationMutations } from 'conversation-kit/queries'
import { buildConversation, createTestKit } from 'conversation-kit/testing'
import { Profiler } from 'react'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { ConversationListResponse } from '../../src/protocol/index.ts'
import './support.tsx'

afterEach(() => void vi.useRealTimers())

const TEST_TIME = Date.UTC(2026, 0, 1)
const PAGE = 100
type Lists = InfiniteData<ConversationListResponse, string | undefined>

/** A cache that holds so many conversations, in pages as the API sends them. */
function filled(count: number) {
  const kit = createTestKit({ locale: 'en' })
  const items = Array.from({ length: count }, (_, index) =>
    buildConversation({ id: `c${index}`, name: `Talk ${index}`, description: 'words', createdAt: TEST_TIME - index }),
  )
  const pages: ConversationListResponse[] = []
  for (let at = 0; at < count; at += PAGE) {
    const page = items.slice(at, at + PAGE)
    pages.push(at + PAGE < count ? { items: page, cursor: page.at(-1)!.id } : { items: page })
  }
  const pageParams = pages.map((_, at) => pages[at - 1]?.cursor)
  kit.queryClient.setQueryData<Lists>(conversationKeys.list(), { pages, pageParams })
  const read = () => kit.queryClient.getQueryData<Lists>(conversationKeys.list())!
  const write = (change: (lists: Lists) => Lists) =>
    act(() => void kit.queryClient.setQueryData<Lists>(conversationKeys.list(), (lists) => lists && change(lists)))
  /** What a new name does before the server has answered. */
  const rename = (id: string, name: string) =>
    act(async () => {
      await createConversationMutations(kit.client).update(id).onMutate!({ name }, { client: kit.queryClient } as never)
    })
  return { ...kit, read, write, rename }
}

function show(count: number, props: ConversationListProps = {}) {
  const kit = filled(count)
  const renders: string[] = []
  const renderItem: ConversationListProps['renderItem'] = ({ id, name }) => {
    renders.push(id)
    return name
  }
  const committed = vi.fn<() => void>()
  const view = render(
    <Profiler id="list" onRender={committed}>
      <ConversationList renderItem={renderItem} {...props} />
    </Profiler>,
    { wrapper: kit.wrapper },
  )
  const calm = () => {
    renders.length = 0
    committed.mockClear()
  }
  calm()
  return { ...kit, ...view, renders, committed, calm, user: userEvent.setup() }
}

describe.each([50, 10_000])('a change of one of %i conversations', (count) => {
  test('renders its row, and nothing else of the list', async () => {
    const { rename, renders, calm, read } = show(count)
    calm()
    const before = read()
    await rename('c3', 'Another name')
    expect(await screen.findByText('Another name')).toBeTruthy()
    expect(renders).toEqual(['c3'])
    const after = read()
    // All pages but its own are the objects that they were.
    expect(after.pages.map((page, at) => page === before.pages[at])).toEqual(after.pages.map((_, at) => at !== 0))
    expect(after.pages[0]!.items.filter((item, at) => item !== before.pages[0]!.items[at])).toHaveLength(1)
  })

  test('that is not on the page renders nothing', async () => {
    const { rename, renders, calm, read, committed } = show(count, { filter: hundred })
    calm()
    const last = read().pages.at(-1)!.items.at(-1)!.id
    await rename(last, 'Far off')
    expect(read().pages.at(-1)!.items.at(-1)!.name).toBe('Far off')
    expect(renders).toEqual([])
    expect(committed).not.toHaveBeenCalled()
  })
})

const hundred = ({ id }: { id: string }) => Number(id.slice(1)) < 40

test('what is filtered or sorted by the page is put together anew only when that may have changed', async () => {
  const named = vi.fn<(conversation: { name?: string }) => boolean>(({ name }) => name?.includes('Talk') ?? false)
  const { rename, write } = show(300, { filter: named })
  named.mockClear()
  await rename('c3', 'Talk again')
  expect(named.mock.calls.length).toBeLessThanOrEqual(4)
  await rename('c3', 'Gone')
  expect(screen.queryByText('Gone')).toBeNull()
  await rename('c3', 'Talk of the town')
  expect(screen.getByText('Talk of the town')).toBeTruthy()
  write(({ pages, ...rest }) => ({
    ...rest,
    pages: [
      { ...pages[0]!, items: [buildConversation({ id: 'new', name: 'Talk new' }), ...pages[0]!.items] },
      ...pages.slice(1),
    ],
  }))
  expect(screen.getByText('Talk new')).toBeTruthy()
})

test('an order of the page’s own is kept when a name changes', async () => {
  const sort = (one: { name?: string }, other: { name?: string }) => (one.name ?? '').localeCompare(other.name ?? '')
  const { rename } = show(20, { sort })
  const names = () => [...document.querySelectorAll('.ck-conversation')].map((row) => row.textContent)
  await rename('c7', 'AAA')
  await waitFor(() => expect(names()[0]).toBe('AAA'))
  await rename('c7', 'ZZZ')
  await waitFor(() => expect(names().at(-1)).toBe('ZZZ'))
})

test('of ten thousand a few are on the page, and say which of how many they are', () => {
  show(10_000)
  const rows = [...document.querySelectorAll('.ck-row')]
  expect(rows.length).toBeLessThan(60)
  expect(rows[1]!.getAttribute('aria-posinset')).toBe('2')
  expect(rows[1]!.getAttribute('aria-setsize')).toBe('10000')
})

test('up to a hundred are all on the page', () => {
  show(100)
  expect(document.querySelectorAll('.ck-row')).toHaveLength(100)
  expect(document.querySelector('.ck-spacer')).toBeNull()
})

test('times keep true, and only rows whose words change are rendered', () => {
  vi.useFakeTimers({ now: TEST_TIME + 30_000, toFake: ['setInterval', 'clearInterval', 'Date'] })
  const kit = createTestKit({ locale: 'en' })
  const items = [
    buildConversation({ id: 'new', name: 'New', updatedAt: TEST_TIME }),
    buildConversation({ id: 'old', name: 'Old', updatedAt: TEST_TIME - 3 * 3_600_000 }),
  ]
  kit.queryClient.setQueryData<Lists>(conversationKeys.list(), { pages: [{ items }], pageParams: [undefined] })
  const asked: string[] = []
  const renderItem: ConversationListProps['renderItem'] = ({ id }) => {
    asked.push(id)
    return id
  }
  const { container } = render(
    <>
      <ConversationList />
      <ConversationList renderItem={renderItem} />
    </>,
    { wrapper: kit.wrapper },
  )
  const times = () => [...container.querySelectorAll('time')].map((time) => time.textContent)
  expect(times()).toEqual(['now', '3h ago'])
  asked.length = 0
  act(() => void vi.advanceTimersByTime(60_000))
  expect(times()).toEqual(['1m ago', '3h ago'])
  expect(asked).toEqual(['new'])
})

test('the arrow keys, Home and End go from row to row, and Tab goes to one row only', async () => {
  const { user } = show(6)
  const rows = () => screen.getAllByRole('button', { name: /Talk/ })
  expect(rows().map((row) => row.tabIndex)).toEqual([0, -1, -1, -1, -1, -1])
  await user.tab()
  await user.tab()
  expect(document.activeElement).toBe(rows()[0])
  await user.keyboard('{ArrowDown}{ArrowDown}')
  expect(document.activeElement).toBe(rows()[2])
  expect(rows().map((row) => row.tabIndex)).toEqual([-1, -1, 0, -1, -1, -1])
  await user.keyboard('{End}')
  expect(document.activeElement).toBe(rows()[5])
  await user.keyboard('{ArrowDown}{Home}{ArrowUp}')
  expect(document.activeElement).toBe(rows()[0])
})

test('rows come while the list is still arriving', async () => {
  const kit = createTestKit({
    conversations: Array.from({ length: 30 }, (_, index) => ({ id: `c${index}`, name: `Talk ${index}` })),
    latency: 0,
  })
  render(<ConversationList />, { wrapper: kit.wrapper })
  expect(await screen.findByText('Talk 29')).toBeTruthy()
})
