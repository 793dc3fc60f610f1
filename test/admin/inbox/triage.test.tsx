import { act, screen, waitFor } from '@testing-library/react'
import { beforeEach, describe, expect, test } from 'vitest'
import { openInbox, rowsAreReady } from './support.tsx'

beforeEach(() => localStorage.clear())

const DESK = [
  ['c1', 'Order 1043', 'Where is my parcel?', 'It is on its way.'],
  ['c2', 'Refund', 'I want my money back.'],
  ['c3', 'Order 1044', 'Mine is late too.'],
  ['c4', 'Invoice', 'The sum is wrong.', 'Let me look.'],
  ['c5', 'Hello', 'Hello?'],
] as const

const conversations = DESK.map(([id, name, ...said], at) => ({
  id,
  name,
  createdAt: 9000 - at,
  updatedAt: 9000 - at,
  messages: said.map((text, index) => ({
    id: `${id}-${index}`,
    type: index % 2 ? ('bot' as const) : ('user' as const),
    text,
  })),
}))

/** What has the focus, in words: what kind it is and what it is called. */
function focused(): string {
  const element = document.activeElement as HTMLInputElement
  const name = element.querySelector('.ck-conversation-name, .ck-search-name, .ck-hidden') ?? element
  const label = element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent
  return `${element.localName} ${label ?? name.textContent}`.trim()
}

/** An admin who has a keyboard and nothing else. */
async function sitDown() {
  const kit = openInbox({}, { conversations })
  const { user, server } = kit
  await rowsAreReady()
  const press = (keys: string) => user.keyboard(keys)
  const arrives = (wanted: string) => waitFor(() => expect(focused()).toBe(wanted))
  /** Tab, or Shift and Tab, until it is there. */
  const tabTo = async (wanted: string, { back = false } = {}) => {
    const passed: string[] = []
    while (focused() !== wanted) {
      if (passed.length > 150) throw new Error(`Tab leads past: ${passed.join(', ')}`)
      // eslint-disable-next-line no-await-in-loop -- one press after the other
      await user.tab({ shift: back })
      passed.push(focused())
    }
  }
  const rows = () => [...document.querySelectorAll('.ck-conversation-name')].map((row) => row.textContent)
  const stored = () => server.snapshot().conversations.toSorted((one, other) => (one.id < other.id ? -1 : 1))
  const names = () => stored().map(({ name }) => name)
  const said = (id: string) =>
    (server.snapshot().messages[id] ?? [])
      .filter(({ type }) => type !== 'activity')
      .map(({ type, text }) => `${type}: ${text}`)
  const opened = (name: string) =>
    waitFor(() => expect(document.querySelector('.ck-thread .ck-title')?.textContent).toBe(name))
  const chosen = () => document.querySelector('.ck-bulk-count')?.textContent
  return { ...kit, press, arrives, tabTo, rows, names, stored, said, opened, chosen }
}

describe('with nothing but a keyboard an admin', () => {
  test('searches with a slip, walks what was found, opens it, goes back, and on from conversation to conversation', async () => {
    const { press, arrives, tabTo, opened, rows, names } = await sitDown()
    await press('/')
    await arrives('input Search conversations')
    await press('ordre')
    await waitFor(() => expect(document.querySelectorAll('.ck-search-hit')).toHaveLength(2))
    await press('{ArrowDown}')
    await arrives('button Order 1043')
    await press('{ArrowDown}')
    await arrives('button Order 1044')
    await press('{Enter}')
    await opened('Order 1044')
    await arrives('button Order 1044')
    await press('{ArrowUp}{Enter}')
    await opened('Order 1043')
    await press('{Escape}')
    await arrives('input Search conversations')
    await press('{Escape}')
    await waitFor(() => expect(document.querySelector('.ck-search-hits')).toBeNull())
    await arrives('input Search conversations')

    await tabTo('button Order 1043')
    await press('j')
    await opened('Refund')
    await arrives('button Refund')
    await press('jj')
    await opened('Invoice')
    await press('k')
    await opened('Order 1044')
    await arrives('button Order 1044')
    // What has the focus is what is meant.
    await press('{ArrowDown}{ArrowDown}')
    await arrives('button Hello')
    await opened('Order 1044')
    await press('o')
    await opened('Hello')
    await arrives('h2 Hello')
    expect(rows()).toEqual(names())
  })

  test('chooses one, a range, and all that match, and changes all of them at once', async () => {
    const { press, arrives, tabTo, chosen, stored } = await sitDown()
    await tabTo('button Order 1043')
    await press('x')
    await waitFor(() => expect(chosen()).toBe('1 selected'))
    await arrives('button Order 1043')
    await press('{Shift>}{ArrowDown}{ArrowDown}{/Shift}')
    await waitFor(() => expect(chosen()).toBe('3 selected'))
    await arrives('button Order 1044')
    await press('x')
    await waitFor(() => expect(chosen()).toBe('2 selected'))
    await press('{Escape}')
    await waitFor(() => expect(chosen()).toBeUndefined())
    await arrives('button Order 1044')
    await press('{Shift>}X{/Shift}')
    await waitFor(() => expect(chosen()).toBe('All that match selected'))
    await press('x')
    await waitFor(() => expect(chosen()).toBe('All that match selected, except 1 conversation'))
    await arrives('button Order 1044')

    await tabTo('button Change meta…')
    await press('{Enter}')
    await arrives('input Key')
    await press('seen')
    await tabTo('input Value')
    await press('today')
    await screen.findAllByText('Change 4 conversations')
    await press('{Enter}')
    await waitFor(() =>
      expect(stored().map(({ meta }) => meta?.seen)).toEqual(['today', 'today', undefined, 'today', 'today']),
    )
    await arrives('button Change meta…')
    await tabTo('button Clear selection', { back: true })
    await press('{Enter}')
    await waitFor(() => expect(chosen()).toBeUndefined())
    await arrives('button Order 1044')
  })

  test('renames, votes, answers and notes', async () => {
    const { press, arrives, tabTo, opened, names, said, rows, server } = await sitDown()
    await tabTo('button Order 1043')
    await press('{F2}')
    await arrives('input Rename Order 1043')
    await press('Parcel 1043{Enter}')
    await arrives('button Parcel 1043')
    await waitFor(() => expect(names()[0]).toBe('Parcel 1043'))
    expect(rows()[0]).toBe('Parcel 1043')

    await press('{Enter}')
    await opened('Parcel 1043')
    await arrives('button Parcel 1043')
    await waitFor(() => expect(document.querySelector('.ck-vote')).not.toBeNull())
    await tabTo('button Good answer')
    await press('{Enter}')
    await waitFor(() => expect(document.activeElement?.getAttribute('aria-pressed')).toBe('true'))
    await waitFor(() => expect(server.votes).toMatchObject([{ conversationId: 'c1', messageId: 'c1-1', value: 100 }]))
    await arrives('button Good answer')

    await press('r')
    await arrives('textarea Answer')
    await press('Today.{Control>}{Enter}{/Control}')
    await waitFor(() => expect(said('c1').at(-1)).toBe('bot: Today.'))
    await arrives('textarea Answer')
    // While she writes, letters are letters; the command menu opens all the same.
    await press('{Control>}k{/Control}')
    await arrives('input Command menu')
    await press('note{Enter}')
    await arrives('textarea Note')
    await press('Called. jk#x?{Control>}{Enter}{/Control}')
    await waitFor(() => expect(said('c1').at(-1)).toBe('context: Called. jk#x?'))
    expect(said('c1')).toHaveLength(4)
    expect(names()).toHaveLength(5)
    await arrives('textarea Note')
    // From the conversation itself, its name is in the panel.
    await tabTo('button Good answer', { back: true })
    await press('{F2}')
    await arrives('input Name')
    await press(' b{Enter}')
    await waitFor(() => expect(names()[0]).toBe('Parcel 1043 b'))
    await arrives('input Name')
  })

  test('deletes, takes it back, and deletes for good', async () => {
    const { press, arrives, tabTo, opened, rows, names, server } = await sitDown()
    await tabTo('button Order 1043')
    await press('{Enter}')
    await opened('Order 1043')
    await press('{ArrowDown}{ArrowDown}#')
    await waitFor(() => expect(rows()).toEqual(['Order 1043', 'Refund', 'Invoice', 'Hello']))
    await opened('Order 1043')
    await arrives('button Invoice')
    await press('{Control>}z{/Control}')
    await waitFor(() => expect(rows()).toEqual(names()))
    await arrives('button Order 1044')
    // The last of the list, which is open.
    await press('{End}{Enter}')
    await opened('Hello')
    await press('#')
    await waitFor(() => expect(rows()).toEqual(['Order 1043', 'Refund', 'Order 1044', 'Invoice']))
    await opened('Invoice')
    await arrives('button Invoice')
    // From the conversation itself: what is open.
    await press('o')
    await arrives('h2 Invoice')
    await press('#')
    await waitFor(() => expect(rows()).toEqual(['Order 1043', 'Refund', 'Order 1044']))
    await opened('Order 1044')
    await arrives('h2 Order 1044')
    await press('{Control>}z{/Control}')
    await opened('Invoice')
    await waitFor(() => expect(rows()).toEqual(['Order 1043', 'Refund', 'Order 1044', 'Invoice']))
    expect(document.activeElement).not.toBe(document.body)
    expect(names()).toHaveLength(5)
    act(() => void globalThis.dispatchEvent(new Event('pagehide')))
    await waitFor(() => expect(names()).toEqual(['Order 1043', 'Refund', 'Order 1044', 'Invoice']))
    expect(server.requests.filter(({ operation }) => operation === 'conversation.delete')).toHaveLength(1)
  })

  test('reads what the keys are, changes one, and uses it', async () => {
    const { press, arrives, tabTo, opened } = await sitDown()
    await tabTo('button Order 1043')
    await press('?')
    const dialog = await screen.findByRole('dialog', { name: 'Keyboard shortcuts' })
    expect(dialog.contains(document.activeElement)).toBe(true)
    for (const command of ['Next conversation', 'Search', 'Delete', 'Undo', 'Command menu', 'Keyboard shortcuts'])
      expect(dialog.textContent).toContain(command)
    await tabTo('button Change J for Next conversation')
    await press('{Enter}g')
    await arrives('button Change G for Next conversation')
    await tabTo('button Close', { back: true })
    await press('{Enter}')
    await arrives('button Order 1043')
    await press('j')
    await press('g')
    await opened('Refund')
    await arrives('button Refund')
  })
})
