import { cleanup, render, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { ConversationClient as OfficialClient } from '@chatbotkit/sdk/conversation/index.js'
import { ConversationProvider, VoteButtons, useMessages } from 'conversation-kit'
import { VotesBoard } from 'conversation-kit/admin'
import type { VotesBoardProps } from 'conversation-kit/admin'
import { createConversationServer, memoryStorage } from 'conversation-kit/server'
import { createTestKit, createTestQueryClient } from 'conversation-kit/testing'
import type { TestKit } from 'conversation-kit/testing'
import { ConversationClient } from 'conversation-kit/transport'
import { StrictMode } from 'react'
import type { ReactNode } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

const LONG = { timeout: 10_000 }
const TODAY = Date.parse('2026-04-01T12:00:00Z')

// The board tells of days before today. Only the date stands still.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: TODAY })
})
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

const answers = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: `${prefix}${index + 1}`, type: 'bot' as const, text: 'Hello.' }))

let clock = TODAY

/** Ada talks to Support, Bob to Sales, and Cy, whom nobody knows, to nobody in particular. */
async function house(): Promise<TestKit & { ada: string }> {
  clock = TODAY
  const kit = createTestKit({
    now: () => clock,
    conversations: [
      { id: 'c1', name: 'Ada asks', botId: 'support', model: 'alpha/temperature=0', messages: answers('a', 5) },
      { id: 'c2', name: 'Bob asks', botId: 'sales', model: 'beta', messages: answers('b', 2) },
      { id: 'c3', messages: answers('d', 1) },
    ],
  })
  const { id: ada } = await kit.client.contact.ensure({ fingerprint: 'ada-of-these-tests' })
  const { id: bob } = await kit.client.contact.ensure({ fingerprint: 'bob-of-these-tests' })
  await kit.client.update('c1', { contactId: ada })
  await kit.client.update('c2', { contactId: bob })
  return { ...kit, ada }
}

/** Up without a reason, `null` for a down-vote that gives none. */
async function cast(
  { client }: TestKit,
  time: string,
  conversationId: string,
  messageId: string | null,
  reason?: string | null,
) {
  clock = Date.parse(time)
  const vote = reason === undefined ? 'upvote' : 'downvote'
  const request = reason ? { reason } : {}
  await (messageId === null
    ? client[vote](conversationId, request)
    : client.message[vote](conversationId, messageId, request))
  clock = TODAY
}

/** Eight votes that count, of nine that were cast. */
async function voted() {
  const kit = await house()
  await cast(kit, '2026-03-28T22:30:00Z', 'c1', 'a1')
  await cast(kit, '2026-03-28T23:30:00Z', 'c1', 'a2', 'Wrong')
  await cast(kit, '2026-03-29T21:30:00Z', 'c1', 'a3')
  await cast(kit, '2026-03-29T22:30:00Z', 'c1', 'a4')
  await cast(kit, '2026-03-30T10:00:00Z', 'c1', 'a5')
  await cast(kit, '2026-03-30T11:00:00Z', 'c2', 'b1')
  await cast(kit, '2026-03-30T12:00:00Z', 'c2', 'b2')
  await cast(kit, '2026-03-31T10:00:00Z', 'c1', 'a5', ' wrong')
  await cast(kit, '2026-03-31T11:00:00Z', 'c1', null, null)
  return kit
}

function show(kit: TestKit, props: Partial<VotesBoardProps> = {}, beside?: ReactNode) {
  render(
    <StrictMode>
      <VotesBoard timeZone="Europe/Berlin" {...props} />
      {beside}
    </StrictMode>,
    { wrapper: kit.wrapper },
  )
  return userEvent.setup()
}

const board = () => screen.getByRole('region', { name: 'Votes' })
const status = () => board().dataset.status
const table = async (name: string) =>
  within(await screen.findByRole('table', { name }, LONG))
    .getAllByRole('row')
    .slice(1)
    .map((row) => [...row.children].map((cell) => cell.textContent).join(' | '))
const total = (name: string) =>
  screen.getAllByRole('term').find((term) => term.textContent === name)?.nextElementSibling?.textContent
const downs = () =>
  within(screen.getByRole('list', { name: 'Down-votes' }))
    .getAllByRole('listitem')
    .map((item) => item.textContent)

test('the numbers are those worked out by hand, day by day in the time zone of whoever looks', async () => {
  const kit = await voted()
  show(kit)
  await waitFor(() => expect(status()).toBe('ready'), LONG)
  /*
   * Counted: a1 up, a2 down, a3 up, a4 up, a5 down (it was up before), the conversation down, b1 up, b2 up: 5 of 8.
   * Wilson, z²/8 = 0.4801823526: centre (0.625 + 0.2400911763) / 1.4801823526 = 0.5844490467,
   * half 1.3241368 · √(0.029296875 + 0.0150056985) = 0.2787066: 0.3057 to 0.8632.
   */
  expect(total('Up')).toBe('5')
  expect(total('Down')).toBe('3')
  expect(total('Share of ups')).toContain('63%')
  expect(total('Share of ups')).toContain('31% – 86%')
  /*
   * Berlin goes from UTC+1 to UTC+2 on 29 March 2026 at 01:00 UTC. 28 March 22:30 UTC is 23:30 there, 23:30 UTC is the next
   * day; 29 March 21:30 UTC is 23:30 there, 22:30 UTC is the next day.
   * 1 of 1: 0.2065 to 1. 1 of 2: 0.0945 to 0.9055. 3 of 3: 1 / (1 + 3.8414588/3) = 0.4385 to 1.
   * 0 of 2: 0 to 1 − 0.3424 = 0.6576.
   */
  expect(await table('Over time')).toEqual([
    'Mar 28, 2026 | 1 | 0 | 100% | 21% – 100%',
    'Mar 29, 2026 | 1 | 1 | 50% | 9% – 91%',
    'Mar 30, 2026 | 3 | 0 | 100% | 44% – 100%',
    'Mar 31, 2026 | 0 | 2 | 0% | 0% – 66%',
    'Apr 1, 2026 | 0 | 0 | – | –',
  ])
  /*
   * 2 of 2: 1 / (1 + 1.9207294) = 0.3424 to 1. 3 of 6, z²/6 = 0.6402431: 0.5 ± 1.1949237 · √(0.0416667 + 0.0266768) =
   * 0.5 ± 0.3123839: 0.1876 to 0.8124. The first has the higher lower end.
   */
  expect(await table('By bot')).toEqual(['sales | 2 | 0 | 100% | 34% – 100%', 'support | 3 | 3 | 50% | 19% – 81%'])
  await waitFor(
    async () =>
      expect(await table('By model')).toEqual(['beta | 2 | 0 | 100% | 34% – 100%', 'alpha | 3 | 3 | 50% | 19% – 81%']),
    LONG,
  )
})

test('reasons that differ in space and capitals are one, and choose the votes that are listed', async () => {
  const kit = await voted()
  const user = show(kit)
  const wrong = await screen.findByRole('button', { name: /^wrong 2$/i }, LONG)
  await waitFor(
    () =>
      expect(downs()).toEqual([
        expect.stringMatching(/^Ada asks.*No reason given$/),
        expect.stringMatching(/^Ada asks.*wrong$/),
        expect.stringMatching(/^Ada asks.*Wrong$/),
      ]),
    LONG,
  )
  await user.click(wrong)
  expect(wrong.getAttribute('aria-pressed')).toBe('true')
  expect(downs()).toHaveLength(2)
  await user.click(screen.getByRole('button', { name: 'Any reason' }))
  expect(downs()).toHaveLength(3)
})

test('of many reasons the most frequent are shown, and always those who gave none', async () => {
  const kit = await house()
  const messages = answers('e', 20)
  await kit.client.create({ name: 'Long', messages: messages.map(({ type, text }) => ({ type, text })) })
  const [long] = (await kit.client.list({ take: 1 })).items
  await kit.client.update(long!.id, { contactId: kit.ada })
  const { items } = await kit.client.message.list(long!.id)
  for (const [index, { id }] of items.entries()) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await cast(kit, '2026-03-30T10:00:00Z', long!.id, id, index === 0 ? null : `Reason ${Math.floor(index / 2)}`)
  }
  const user = show(kit)
  const list = within(await screen.findByRole('figure', { name: 'Why down' }, LONG))
  // Reason 0 was given once, by the second; 1 to 9 twice each.
  await waitFor(() => expect(list.getAllByRole('button', { pressed: false, name: /^Reason/ })).toHaveLength(8), LONG)
  expect(list.getByRole('button', { name: /^No reason given/ })).toBeTruthy()
  await user.click(list.getByRole('button', { name: 'Show more' }))
  expect(list.getAllByRole('button', { name: /^Reason/ })).toHaveLength(10)
  expect(list.queryByRole('button', { name: 'Show more' })).toBeNull()
})

test('a press on a down-vote, by keyboard too, says where it was cast', async () => {
  const kit = await voted()
  const onOpen = vi.fn<NonNullable<VotesBoardProps['onOpen']>>()
  const user = show(kit, { onOpen, botNames: { sales: 'Sales' } })
  const list = await screen.findByRole('list', { name: 'Down-votes' }, LONG)
  await waitFor(() => expect(within(list).getAllByRole('button', { name: /Ada asks/ })).toHaveLength(3), LONG)
  const [whole, message] = within(list).getAllByRole('button')
  whole!.focus()
  await user.keyboard('{Enter}')
  await user.tab()
  expect(document.activeElement).toBe(message)
  await user.keyboard(' ')
  expect(onOpen.mock.calls).toEqual([[{ conversationId: 'c1' }], [{ conversationId: 'c1', messageId: 'a5' }]])
  expect((await table('By bot'))[0]).toContain('Sales |')
})

test('each chart turns into its table and back, by keyboard', async () => {
  const kit = await voted()
  const user = show(kit)
  await screen.findByRole('button', { name: 'Table Over time' }, LONG)
  for (const name of ['Over time', 'By bot', 'By model', 'Why down']) {
    const toggle = screen.getByRole('button', { name: `Table ${name}` })
    toggle.focus()
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await user.keyboard('{Enter}')
    expect(toggle.getAttribute('aria-pressed')).toBe('true')
    const figure = screen.getByRole('figure', { name })
    expect(within(figure).getByRole('table', { name }).closest('.ck-hidden')).toBeNull()
    expect(figure.querySelector('svg')).toBeNull()
  }
  expect(await table('Why down')).toEqual(['Wrong | 2', 'No reason given | 1'])
  await user.keyboard('{Enter}')
  expect(screen.queryByRole('table', { name: 'Why down' })).toBeNull()
})

test('a time and its steps can be chosen; what lies before it does not count', async () => {
  const kit = await voted()
  await cast(kit, '2026-01-05T10:00:00Z', 'c2', null)
  const user = show(kit)
  await waitFor(() => expect(total('Up')).toBe('6'), LONG)
  expect((await table('Over time'))[0]).toContain('Jan 4, 2026')
  await user.selectOptions(screen.getByRole('combobox', { name: 'Time' }), 'Last 7 days')
  expect(total('Up')).toBe('5')
  expect(await table('Over time')).toHaveLength(7)
  await user.selectOptions(screen.getByRole('combobox', { name: 'Group by' }), 'Month')
  expect(await table('Over time')).toEqual(['March 2026 | 5 | 3 | 63% | 31% – 86%', 'April 2026 | 0 | 0 | – | –'])
})

test('nothing in a time is said, and is not the same as no votes at all', async () => {
  const kit = await house()
  await cast(kit, '2025-06-05T10:00:00Z', 'c2', 'b1')
  const user = show(kit)
  await waitFor(() => expect(total('Up')).toBe('1'), LONG)
  await user.selectOptions(screen.getByRole('combobox', { name: 'Time' }), 'Last 7 days')
  expect(screen.getByText('No votes in this time.')).toBeTruthy()
  expect(status()).toBe('ready')
})

test('without votes it says how they come', async () => {
  show(await house())
  expect(status()).toBe('loading')
  expect(await screen.findByText('No votes yet.', undefined, LONG)).toBeTruthy()
  expect(status()).toBe('empty')
})

test('a server that refuses is told of, and asked again by one press', async () => {
  const kit = await voted()
  kit.server.fail('rating.list', { status: 503 })
  const user = show(kit)
  expect((await screen.findByRole('alert', undefined, LONG)).textContent).toContain('The votes could not all be read.')
  expect(status()).toBe('error')
  await user.click(screen.getByRole('button', { name: 'Try again' }))
  await waitFor(() => expect(total('Up')).toBe('5'), LONG)
  expect(screen.queryByRole('alert')).toBeNull()
})

test('votes of one contact are those of nobody else', async () => {
  const kit = await voted()
  show(kit, { contactId: kit.ada })
  await waitFor(() => expect(total('Up')).toBe('3'), LONG)
  expect(total('Down')).toBe('3')
})

test('a vote cast on this page counts at once, also where nobody is known, and once only', async () => {
  const kit = await voted()
  const user = show(kit, {}, <VoteButtons conversationId="c3" messageId="d1" />)
  await waitFor(() => expect(total('Up')).toBe('5'), LONG)
  await user.click(screen.getByRole('button', { name: 'Good answer' }))
  await waitFor(() => expect(total('Up')).toBe('6'), LONG)
  vi.setSystemTime(TODAY + 1000)
  await user.click(screen.getByRole('button', { name: 'Bad answer' }))
  await waitFor(() => expect([total('Up'), total('Down')]).toEqual(['5', '4']), LONG)
})

test('a vote that a rating tells of too counts once, changed or not', async () => {
  const kit = await voted()
  const user = show(kit, {}, <VoteButtons conversationId="c2" messageId="b1" />)
  await waitFor(() => expect(total('Up')).toBe('5'), LONG)
  vi.setSystemTime(TODAY + 1000)
  clock = TODAY + 1000
  await user.click(screen.getByRole('button', { name: 'Bad answer' }))
  await waitFor(() => expect([total('Up'), total('Down')]).toEqual(['4', '4']), LONG)
  vi.setSystemTime(TODAY + 2000)
  await user.click(screen.getByRole('button', { name: 'Read again' }))
  await waitFor(
    () => expect(screen.getByRole('button', { name: 'Read again' })).toHaveProperty('disabled', false),
    LONG,
  )
  expect([total('Up'), total('Down')]).toEqual(['4', '4'])
})

test('votes that a loaded conversation tells of count with those of the contacts, each once', async () => {
  const kit = await voted()
  await cast(kit, '2026-03-31T12:00:00Z', 'c3', 'd1', 'Too long')
  const Thread = ({ id }: { id: string }) => <p>{useMessages(id).data?.length ?? 'none'}</p>
  show(kit, {}, [<Thread key="c1" id="c1" />, <Thread key="c3" id="c3" />])
  await waitFor(() => expect(total('Down')).toBe('4'), LONG)
  expect(total('Up')).toBe('5')
  expect(await screen.findByRole('button', { name: /Too long/ }, LONG)).toBeTruthy()
})

test('a conversation that was deleted still counts, and opens nothing', async () => {
  const kit = await voted()
  await kit.client.delete('c1')
  show(kit, { onOpen: () => {} })
  await waitFor(() => expect(downs()[0]).toContain('Deleted conversation'), LONG)
  expect(within(screen.getByRole('list', { name: 'Down-votes' })).queryAllByRole('button')).toEqual([])
  expect(total('Down')).toBe('3')
})

test('a client that cannot read ratings shows what the page has seen, and says so', async () => {
  const { server } = await voted()
  const client = new OfficialClient({
    baseUrl: 'http://conversation-kit.test',
    secret: 'x',
    fetchFn: (input: string | URL | Request, init?: RequestInit) => server.fetch(new Request(input, init)),
  })
  const wrapper = ({ children }: { children: ReactNode }) => (
    <ConversationProvider client={client} queryClient={createTestQueryClient()}>
      {children}
    </ConversationProvider>
  )
  render(
    <>
      <VotesBoard />
      <VoteButtons conversationId="c3" messageId="d1" />
    </>,
    { wrapper },
  )
  expect((await screen.findByRole('alert', undefined, LONG)).textContent).toBe(
    'This page cannot read the votes of contacts. Shown is what it has seen itself.',
  )
  await userEvent.setup().click(screen.getByRole('button', { name: 'Good answer' }))
  await waitFor(() => expect(total('Up')).toBe('1'), LONG)
})

test('of very many votes the first thousand are read by themselves, the rest at a press', async () => {
  const storage = memoryStorage()
  const server = createConversationServer({ storage, conversations: [{ id: 'c1' }] })
  const fetch = (input: string | URL | Request, init?: RequestInit) => server.fetch(new Request(input, init))
  const kit = createTestKit({ client: new ConversationClient({ baseUrl: 'http://conversation-kit.test', fetch }) })
  const { id: contactId } = await kit.client.contact.ensure({ fingerprint: 'somebody-with-an-opinion' })
  const { owner } = (await storage.contacts.get(contactId))!
  const times = { createdAt: TODAY, updatedAt: TODAY }
  const vote = { ...times, owner, value: 100, reason: null, conversationId: 'c1', botId: null, contactId }
  const store = (_: unknown, index: number) =>
    storage.ratings.cast({ ...vote, id: `r${index}`, messageId: `m${index}` }, [], 0)
  await Promise.all(Array.from({ length: 1050 }, store))
  const user = show(kit)
  expect(await screen.findByText('1,000 votes so far, of 1 contact. There are more.', undefined, LONG)).toBeTruthy()
  expect(status()).toBe('partial')
  await user.click(screen.getByRole('button', { name: 'Load more votes' }))
  await waitFor(() => expect(total('Up')).toBe('1,050'), LONG)
  expect(status()).toBe('ready')
  expect(screen.queryByRole('button', { name: 'Load more votes' })).toBeNull()
})

test('a board that goes while it reads leaves nothing behind', async () => {
  const kit = await voted()
  const { unmount } = render(<VotesBoard />, { wrapper: kit.wrapper })
  unmount()
  const asked = kit.server.requests.length
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(kit.server.requests.length - asked).toBeLessThanOrEqual(1)
})
