import {
  ALL_CHOSEN,
  ConversationList,
  useConversations,
  useDeleteConversation,
  useMessages,
  useUpdateConversation,
  useUpdateMessage,
} from 'conversation-kit'
import {
  BulkBar,
  BulkProgress,
  memoryBulkStorage,
  SearchField,
  SearchResults,
  useBulk,
  useSearch,
} from 'conversation-kit/admin'
import type { SearchTarget } from 'conversation-kit/admin'
import { createTestKit } from 'conversation-kit/testing'
import type { TestKit, TestKitOptions } from 'conversation-kit/testing'
import { onlineManager } from '@tanstack/react-query'
import { act, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { StrictMode, useState } from 'react'
import { afterEach, describe, expect, test } from 'vitest'

const opened: SearchTarget[] = []

function Desk({ take }: { take?: number }) {
  const [query, setQuery] = useState('')
  const search = useSearch(query, { worker: false, limit: 5 })
  useConversations({ take })
  return (
    <>
      <SearchField search={search} value={query} onValueChange={setQuery} />
      <SearchResults search={search} onOpen={(target) => opened.push(target)} />
    </>
  )
}

const conversations = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    id: `c${at}`,
    name: `Conversation ${at}`,
    createdAt: 1000 - at,
    updatedAt: 1000 - at,
    botId: at % 2 ? 'shop' : 'help',
    messages: [
      { id: `m${at}-1`, type: 'user' as const, text: `My parcel number ${at} is late` },
      { id: `m${at}-2`, type: 'bot' as const, text: at === 3 ? 'A giraffe ate it, <b>sorry</b>' : 'It is on its way' },
    ],
  }))

function open(options: TestKitOptions & { take?: number; more?: React.ReactNode } = {}): TestKit {
  const { take, more, ...rest } = options
  const kit = createTestKit(rest)
  render(
    <StrictMode>
      <kit.wrapper>
        <Desk take={take} />
        {more}
      </kit.wrapper>
    </StrictMode>,
  )
  return kit
}

const field = () => screen.getByRole('searchbox')
const hits = () => within(screen.getByRole('list', { name: 'Search results' })).getAllByRole('button')
const names = () => hits().map((hit) => hit.querySelector('.ck-search-name')?.textContent)

afterEach(() => {
  opened.length = 0
  onlineManager.setOnline(true)
})

describe('somebody who searches', () => {
  test('finds conversations that are loaded, by keyboard only, and opens one', async () => {
    const user = userEvent.setup()
    open({ conversations: conversations(8) })
    await user.click(field())
    await screen.findByText('All 8 conversations loaded')
    await user.keyboard('conversation')
    await screen.findByText('The best 5 of 8 are shown.')
    expect(hits()[0]!.querySelector('mark')!.textContent).toBe('Conversation')
    await user.keyboard('{ArrowDown}')
    expect(hits()[0]).toBe(document.activeElement)
    await user.keyboard('{ArrowDown}{ArrowDown}{ArrowUp}')
    expect(hits()[1]).toBe(document.activeElement)
    await user.keyboard('{End}')
    expect(hits()[4]).toBe(document.activeElement)
    await user.keyboard('{Home}{Enter}')
    expect(opened).toEqual([{ conversationId: 'c0' }])
    await user.keyboard('{ArrowUp}')
    expect(field()).toBe(document.activeElement)
    await user.keyboard('{Escape}')
    expect(field()).toHaveProperty('value', '')
    await waitFor(() => expect(screen.queryByRole('list', { name: 'Search results' })).toBeNull())
  })

  test('sees more of what was found', async () => {
    const user = userEvent.setup()
    open({ conversations: conversations(8) })
    await user.type(field(), 'conversation')
    await user.click(await screen.findByRole('button', { name: 'Show more' }))
    await waitFor(() => expect(hits()).toHaveLength(8))
  })

  test('hears how much was found, when she has stopped typing', async () => {
    const user = userEvent.setup()
    open({ conversations: conversations(3) })
    await user.type(field(), 'conversation')
    await waitFor(() => expect(screen.getByRole('status').textContent).toBe('3 conversations found'))
    await user.clear(field())
    await user.type(field(), 'qqqqqq')
    await waitFor(() => expect(screen.getByRole('status').textContent).toBe('Nothing found'))
  })

  test('keeps the results on the page until there are newer ones', async () => {
    const user = userEvent.setup()
    open({ conversations: conversations(3) })
    await user.type(field(), 'conversation')
    await waitFor(() => expect(hits()).toHaveLength(3))
    const seen: number[] = []
    const observer = new MutationObserver(() => seen.push(document.querySelectorAll('.ck-search-hit').length))
    observer.observe(document.body, { childList: true, subtree: true, attributes: true })
    await user.type(field(), ' 2')
    await waitFor(() => expect(names()).toEqual(['Conversation 2']))
    observer.disconnect()
    expect(Math.min(...seen)).toBeGreaterThan(0)
    expect(document.querySelector('.ck-search-results')!.getAttribute('aria-busy')).toBe('false')
  })

  test('narrows what was found, and takes it back', async () => {
    const user = userEvent.setup()
    open({ conversations: conversations(5) })
    await user.type(field(), 'conversation')
    const bots = await screen.findByRole('group', { name: 'Bot' })
    await user.click(within(bots).getByRole('button', { name: /shop/ }))
    await waitFor(() => expect(names()).toEqual(['Conversation 1', 'Conversation 3']))
    expect(within(bots).getByRole('button', { name: /shop/ }).getAttribute('aria-pressed')).toBe('true')
    await user.click(screen.getByRole('button', { name: 'Clear filters' }))
    await waitFor(() => expect(hits()).toHaveLength(5))
  })

  test('is told what to do where nothing is found', async () => {
    const user = userEvent.setup()
    open({ conversations: conversations(30), take: 10 })
    await user.type(field(), 'qqqqqq')
    // Each letter is a search of its own, and what the one before had to say goes with it.
    await waitFor(() => {
      expect(screen.getByText('Only what was loaded is searched. Load more, and it is searched too.')).toBeTruthy()
      expect(screen.getByText('Try other words, or fewer of them.')).toBeTruthy()
    })
    expect(screen.getByText('10 loaded of more')).toBeTruthy()
  })

  test('finds what was said only after the messages were loaded, and opens the message', async () => {
    const user = userEvent.setup()
    const { server } = open({ conversations: conversations(30), take: 10 })
    await user.type(field(), 'girafe')
    await screen.findByText('10 loaded of more')
    await screen.findByText('Nothing found', { selector: 'p' })
    expect(server.requests.filter(({ operation }) => operation === 'message.list')).toEqual([])
    await user.click(screen.getByRole('button', { name: 'Load more' }))
    await screen.findByText('All 30 conversations loaded')
    await waitFor(() => expect(names()).toEqual(['Conversation 3']))
    expect(hits()[0]!.textContent).toContain('A giraffe ate it, <b>sorry</b>')
    expect(hits()[0]!.querySelector('b')).toBeNull()
    await screen.findByText('60 messages')
    await user.click(hits()[0]!)
    expect(opened).toEqual([{ conversationId: 'c3', messageId: 'm3-2' }])
    // All is loaded: there is nothing more to ask for, and nothing was asked for twice.
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Load more' })).toBeNull())
    const read = server.requests.filter(({ operation }) => operation === 'message.list').map(({ url }) => url)
    expect(new Set(read).size).toBe(read.length)
    expect(read).toHaveLength(30)
  })
})

describe('loading in the background', () => {
  const begin = async (options: Parameters<typeof open>[0] = {}) => {
    const user = userEvent.setup()
    const kit = open({ conversations: conversations(30), take: 10, ...options })
    await user.click(field())
    await screen.findByText('10 loaded of more')
    return { user, ...kit }
  }

  test('can be stopped, and goes on from there', async () => {
    const { user, server } = await begin({ latency: 5 })
    await user.click(screen.getByRole('button', { name: 'Load more' }))
    await waitFor(() => expect(server.requests.some(({ operation }) => operation === 'message.list')).toBe(true))
    await user.click(screen.getByRole('button', { name: 'Stop loading' }))
    await user.click(await screen.findByRole('button', { name: 'Load more' }))
    await screen.findByText('60 messages')
    expect(await screen.findByText('All 30 conversations loaded')).toBeTruthy()
  })

  test('reads no more than three conversations at a time', async () => {
    let now = 0
    let most = 0
    const { user, server } = await begin()
    const fetch = server.fetch.bind(server)
    server.fetch = async (request) => {
      if (!request.url.includes('/message/')) return fetch(request)
      most = Math.max(most, ++now)
      await new Promise((resolve) => setTimeout(resolve, 2))
      const answer = await fetch(request)
      now -= 1
      return answer
    }
    await user.click(screen.getByRole('button', { name: 'Load more' }))
    await screen.findByText('60 messages')
    expect(most).toBeGreaterThan(1)
    expect(most).toBeLessThanOrEqual(3)
  })

  test('says what could not be read, and reads it on request', async () => {
    const { user, server } = await begin()
    server.fail('message.list', { status: 500, times: 2 })
    await user.click(screen.getByRole('button', { name: 'Load more' }))
    const alert = await screen.findByRole('alert')
    expect(alert.textContent).toContain('The messages of 2 conversations could not be read.')
    await screen.findByText('56 messages')
    await user.click(screen.getByRole('button', { name: 'Go on' }))
    await screen.findByText('60 messages')
    expect(screen.queryByRole('alert')).toBeNull()
  })

  test('does not call unread what somebody has deleted meanwhile, by whatever code the server says so', async () => {
    const { user, server } = await begin()
    server.fail('message.list', { status: 404, code: 'RESOURCE_MISSING' })
    await user.click(screen.getByRole('button', { name: 'Load more' }))
    await screen.findByText('58 messages')
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Stop loading' })).toBeNull())
    expect(screen.queryByRole('alert')).toBeNull()
  })

  test('goes on although the last conversation that the page has was deleted by somebody else', async () => {
    const { user, client } = await begin()
    await client.delete('c9')
    await user.click(screen.getByRole('button', { name: 'Load more' }))
    await screen.findByText('58 messages')
    await user.type(field(), 'Conversation 29')
    await waitFor(() => expect(names()).toContain('Conversation 29'))
  })

  test('says that the list was refused, and goes on with it on request', async () => {
    const { user, server } = await begin()
    server.fail('conversation.list', { status: 403, code: 'NOT_AUTHORIZED' })
    await user.click(screen.getByRole('button', { name: 'Load more' }))
    expect((await screen.findByRole('alert')).textContent).toContain('session')
    await user.click(screen.getByRole('button', { name: 'Go on' }))
    expect(await screen.findByText('All 30 conversations loaded')).toBeTruthy()
  })

  test('waits for the network, and goes on by itself', async () => {
    const { user } = await begin()
    act(() => onlineManager.setOnline(false))
    await user.click(screen.getByRole('button', { name: 'Load more' }))
    await screen.findByText('You are offline. It goes on when the network is back.')
    act(() => onlineManager.setOnline(true))
    expect(await screen.findByText('60 messages')).toBeTruthy()
  })

  test('ends with the page', async () => {
    const kit = createTestKit({ conversations: conversations(200), latency: 5 })
    const user = userEvent.setup()
    const { unmount } = render(<Desk take={10} />, { wrapper: kit.wrapper })
    await user.click(field())
    await user.click(await screen.findByRole('button', { name: 'Load more' }))
    await waitFor(() => expect(kit.server.requests.length).toBeGreaterThan(4))
    unmount()
    const before = kit.server.requests.length
    await new Promise((resolve) => setTimeout(resolve, 60))
    expect(kit.server.requests.length - before).toBeLessThanOrEqual(1)
  })
})

describe('what changes on the page', () => {
  function Changes() {
    const messages = useMessages('c1')
    const edit = useUpdateMessage('c1')
    const rename = useUpdateConversation('c2')
    const remove = useDeleteConversation()
    return (
      <>
        <p>{messages.data ? 'messages are read' : 'messages are not read'}</p>
        <button onClick={() => edit.mutate({ messageId: 'm1-1', text: 'My zebra is late' })}>edit</button>
        <button onClick={() => rename.mutate({ name: 'Hippopotamus' })}>rename</button>
        <button onClick={() => remove.mutate('c1')}>delete</button>
      </>
    )
  }
  const ask = async (user: ReturnType<typeof userEvent.setup>, text: string) => {
    await user.clear(field())
    await user.type(field(), text)
  }
  const nothing = () => screen.findByText('Nothing found', { selector: 'p' })

  test('is found by its new words, and not by the old ones', async () => {
    const user = userEvent.setup()
    open({ conversations: conversations(3), more: <Changes /> })
    await screen.findByText('messages are read')
    await ask(user, 'parcel')
    await waitFor(() => expect(names()).toEqual(['Conversation 1']))
    await user.click(screen.getByText('edit'))
    await nothing()
    await ask(user, 'zebra')
    await waitFor(() => expect(names()).toEqual(['Conversation 1']))
    await user.click(screen.getByText('rename'))
    await ask(user, 'hippopotamus')
    await waitFor(() => expect(names()).toEqual(['Hippopotamus']))
    await ask(user, 'zebra')
    await waitFor(() => expect(names()).toEqual(['Conversation 1']))
    await user.click(screen.getByText('delete'))
    await nothing()
  })

  test('comes back with all that was said in it, when the server refuses to delete it', async () => {
    const user = userEvent.setup()
    const { server } = open({ conversations: conversations(3), more: <Changes />, latency: 20 })
    await screen.findByText('messages are read')
    await ask(user, 'parcel')
    await waitFor(() => expect(names()).toEqual(['Conversation 1']))
    server.fail('conversation.delete', { status: 403, code: 'NOT_AUTHORIZED' })
    await user.click(screen.getByText('delete'))
    await waitFor(() => expect(server.requests.some(({ operation }) => operation === 'conversation.delete')).toBe(true))
    await waitFor(() => expect(names()).toEqual(['Conversation 1']))
  })

  test('is not found while it can be taken back that it was deleted, and is found again with all that was said in it', async () => {
    const user = userEvent.setup()
    const { server } = open({
      conversations: conversations(3),
      more: (
        <>
          <Changes />
          <ConversationList actions={['delete']} />
        </>
      ),
    })
    await screen.findByText('messages are read')
    await ask(user, 'parcel')
    await waitFor(() => expect(names()).toEqual(['Conversation 1']))
    await user.click(await screen.findByRole('button', { name: 'Delete Conversation 1' }))
    await nothing()
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    await waitFor(() => expect(names()).toEqual(['Conversation 1']))
    expect(server.requests.some(({ operation }) => operation === 'conversation.delete')).toBe(false)
  })

  test('is found again when its deletion is taken back, also by a search that was begun meanwhile', async () => {
    const user = userEvent.setup()
    open({ conversations: conversations(3), more: <ConversationList actions={['delete']} /> })
    await user.click(await screen.findByRole('button', { name: 'Delete Conversation 1' }))
    await ask(user, 'Conversation')
    await waitFor(() => expect(new Set(names())).toEqual(new Set(['Conversation 0', 'Conversation 2'])))
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    await waitFor(() => expect(names()).toContain('Conversation 1'))
  })

  test('is not found after many were deleted at once', async () => {
    const user = userEvent.setup()
    const storage = memoryBulkStorage()
    function Many() {
      const bulk = useBulk({ storage, undoMs: 20 })
      return (
        <>
          <BulkBar bulk={bulk} selection={ALL_CHOSEN} onSelectionChange={() => {}} />
          <BulkProgress bulk={bulk} />
        </>
      )
    }
    open({ conversations: conversations(30), take: 10, more: <Many /> })
    await user.click(field())
    await screen.findByText('10 loaded of more')
    await user.click(screen.getByRole('button', { name: 'Load more' }))
    await screen.findByText('60 messages')
    // This one is in no list of the page: the search alone has read it.
    await ask(user, 'parcel 29')
    await waitFor(() => expect(names()).toContain('Conversation 29'))
    await user.click(screen.getByRole('button', { name: 'Delete…' }))
    await user.click(await screen.findByRole('button', { name: 'Delete 30 conversations' }))
    await nothing()
  })
})
