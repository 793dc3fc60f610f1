import { act, fireEvent, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { SavedViews, Shortcuts, useConversationView, ViewBar, ViewNote } from 'conversation-kit/admin'
import type { ConversationFacts, ConversationView, ViewBarProps, ViewNoteProps } from 'conversation-kit/admin'
import { buildConversation, createTestKit } from 'conversation-kit/testing'
import { StrictMode } from 'react'
import type { ReactNode } from 'react'
import { beforeEach, describe, expect, test, vi } from 'vitest'

beforeEach(() => localStorage.clear())

const show = (view: ReactNode) =>
  render(<StrictMode>{view}</StrictMode>, { wrapper: createTestKit({ locale: 'en' }).wrapper })
const button = (name: string | RegExp) => screen.getByRole('button', { name })
const user = userEvent.setup()

const NAMES: Record<string, string> = { sales: 'Sales team' }
const conversations = [
  buildConversation({ id: 'a', botId: 'sales', model: 'gpt-4o/temperature=1', meta: { plan: 'pro', seats: 3 } }),
  buildConversation({ id: 'b', botId: 'sales', model: 'gpt-4o', meta: { plan: 'free', deep: { er: 'yes' } } }),
  buildConversation({ id: 'c', botId: 'help', contactId: 'ada', meta: { plan: 'free' } }),
]
const facts: Record<string, ConversationFacts> = {
  a: { up: 0, down: 1, lastSpeaker: 'user' },
  b: { up: 0, down: 1, lastSpeaker: 'bot' },
  c: { up: 1, down: 0, lastSpeaker: 'user' },
}

/** A bar that says which view it has come to. */
function bar(
  start: ConversationView = {},
  props: Partial<ViewBarProps> = {},
  children?: (bar: ReactNode) => ReactNode,
) {
  const now: { view: ConversationView } = { view: start }
  function Bar() {
    const [view, setView] = useConversationView({
      defaultValue: start,
      onChange: (next) => {
        now.view = next
      },
    })
    return (
      <ViewBar
        view={view}
        onViewChange={setView}
        conversations={conversations}
        factsOf={(id) => facts[id]}
        nameOf={(_, id) => NAMES[id]}
        {...props}
      >
        <SavedViews view={view} onViewChange={setView} />
      </ViewBar>
    )
  }
  show(children ? children(<Bar />) : <Bar />)
  return now
}

describe('the bar of filters', () => {
  test('puts filters on and takes them off by one press, together or all at once', async () => {
    const now = bar({ sort: 'name' })
    expect(button('All').getAttribute('aria-pressed')).toBe('true')
    await user.click(button(/^Unanswered/))
    await user.click(button(/^Voted down/))
    await user.click(button(/^Today/))
    expect(now.view).toEqual({ sort: 'name', lastSpeaker: 'user', votes: 'down', from: 'P0D' })
    expect(button('All').getAttribute('aria-pressed')).toBe('false')
    await user.click(button(/^Voted down/))
    expect(now.view).toEqual({ sort: 'name', lastSpeaker: 'user', from: 'P0D' })
    await user.click(button('All'))
    expect(now.view).toEqual({ sort: 'name' })
  })

  test('says how many there are of each, and nothing where that is not known', () => {
    bar()
    expect(button(/^Unanswered/).textContent).toBe('Unanswered2')
    expect(button(/^Voted down/).textContent).toBe('Voted down2')
  })

  test('guesses no number from what it has seen of some', () => {
    bar({}, { factsOf: (id) => (id === 'a' ? facts.a : undefined) })
    expect(button(/^Unanswered/).textContent).toBe('Unanswered')
    expect(button(/^Voted down/).textContent).toBe('Voted down')
    expect(button(/^Today/).textContent).toBe('Today0')
  })

  test('says in words what is on, takes one away after the other, and keeps the focus at hand', async () => {
    const now = bar({ botId: 'sales', meta: { plan: 'pro' }, search: 'refund', votes: 'down' })
    const list = screen.getByRole('list', { name: 'Filters that are on' })
    expect(
      within(list)
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent),
    ).toEqual(['Bot: Sales team', 'plan: pro', 'Search: refund', 'Clear all'])
    expect(button(/^Filters/).textContent).toContain('4 filters on')
    await user.click(button('Remove plan: pro'))
    expect(now.view).toEqual({ botId: 'sales', search: 'refund', votes: 'down' })
    expect(document.activeElement).toBe(button('Remove Search: refund'))
    await user.click(button('Remove Search: refund'))
    expect(document.activeElement).toBe(button('Clear all'))
    await user.click(button('Remove Bot: Sales team'))
    expect(now.view).toEqual({ votes: 'down' })
    expect(document.activeElement).toBe(button(/^Filters/))
    expect(screen.queryByRole('list', { name: 'Filters that are on' })).toBeNull()
  })

  test('clears all but the order', async () => {
    const now = bar({ botId: 'sales', sort: 'updated', order: 'asc' })
    await user.click(button('Clear all'))
    expect(now.view).toEqual({ sort: 'updated', order: 'asc' })
    expect(document.activeElement).toBe(button('All'))
  })

  test('changes the order, of which each has its own direction', async () => {
    const now = bar({ votes: 'down' })
    const order = screen.getByLabelText('Order')
    for (const [name, view] of [
      ['Name, A to Z', { votes: 'down', sort: 'name' }],
      ['Name, Z to A', { votes: 'down', sort: 'name', order: 'desc' }],
      ['Worst voted first', { votes: 'down', sort: 'votes', order: 'asc' }],
      ['Oldest first', { votes: 'down', order: 'asc' }],
      ['Newest first', { votes: 'down' }],
    ] as const) {
      await user.selectOptions(order, name)
      expect(now.view).toEqual(view)
    }
  })
})

describe('the filters', () => {
  const open = async () => {
    await user.click(button(/^Filters/))
    return within(screen.getByRole('dialog', { name: 'Filters' }))
  }

  test('offer what is there, with names and numbers, and work at once', async () => {
    const now = bar()
    const panel = await open()
    const options = (label: string) =>
      within(panel.getByLabelText(label))
        .getAllByRole('option')
        .map(({ textContent }) => textContent)
    expect(options('Bot')).toEqual(['Any', 'Sales team (2)', 'help (1)'])
    expect(options('Model')).toEqual(['Any', 'gpt-4o (2)'])
    expect(panel.queryByLabelText('Task')).toBeNull()
    await user.selectOptions(panel.getByLabelText('Bot'), 'sales')
    await user.selectOptions(panel.getByLabelText('Last message'), 'From the user')
    await user.selectOptions(panel.getByLabelText('Votes'), 'Not voted')
    await user.selectOptions(panel.getByLabelText('Last changed'), 'Last 7 days')
    expect(now.view).toEqual({ botId: 'sales', lastSpeaker: 'user', votes: 'none', from: 'P6D' })
    await user.selectOptions(panel.getByLabelText('Votes'), 'Any')
    expect(now.view).toEqual({ botId: 'sales', lastSpeaker: 'user', from: 'P6D' })
  })

  test('take two dates, and show those of a view that has them', async () => {
    const now = bar({ from: 'P0D' })
    const panel = await open()
    await user.selectOptions(panel.getByLabelText('Last changed'), 'Dates…')
    fireEvent.change(panel.getByLabelText('From'), { target: { value: '2026-03-01' } })
    fireEvent.change(panel.getByLabelText('To'), { target: { value: '2026-03-09' } })
    expect(now.view).toEqual({ from: '2026-03-01', to: '2026-03-09' })
    expect(screen.getByText('Last changed: Mar 1, 2026 – Mar 9, 2026')).toBeDefined()
    await user.selectOptions(panel.getByLabelText('Last changed'), 'Any')
    expect(now.view).toEqual({})
    expect(panel.queryByLabelText('From')).toBeNull()
  })

  test('add pairs of the meta by the keyboard, suggest what is there, and remove them', async () => {
    const now = bar()
    const panel = await open()
    const suggested = (label: string) =>
      [...document.getElementById(panel.getByLabelText(label).getAttribute('list')!)!.children].map(
        ({ textContent }) => textContent,
      )
    expect(suggested('Name')).toEqual(['deep.er', 'plan'])
    await user.type(panel.getByLabelText('Name'), 'plan')
    expect(suggested('Value')).toEqual(['free', 'pro'])
    await user.type(panel.getByLabelText('Value'), 'pro{Enter}')
    await user.keyboard('deep.er{Tab}yes{Enter}')
    expect(now.view).toEqual({ meta: { plan: 'pro', 'deep.er': 'yes' } })
    await user.click(panel.getByRole('button', { name: 'Remove plan: pro' }))
    expect(now.view).toEqual({ meta: { 'deep.er': 'yes' } })
    expect(document.activeElement).toBe(panel.getByLabelText('Name'))
    await user.keyboard('{Enter}')
    expect(now.view).toEqual({ meta: { 'deep.er': 'yes' } })
  })

  test('ask for a contact by typing where there are more than anyone reads', async () => {
    const many = Array.from({ length: 40 }, (_, index) =>
      buildConversation({ id: `${index}`, contactId: `person-${index}` }),
    )
    const now = bar({}, { conversations: many })
    const panel = await open()
    await user.type(panel.getByLabelText('Contact'), 'person-7')
    expect(now.view).toEqual({ contactId: 'person-7' })
  })

  test('keep a value that is not among what is loaded', async () => {
    bar({ botId: 'gone' })
    const panel = await open()
    expect(panel.getByLabelText<HTMLSelectElement>('Bot').value).toBe('gone')
  })

  test('open by F, close by Escape and by a press elsewhere, and give the focus back', async () => {
    bar({}, {}, (children) => <Shortcuts>{children}</Shortcuts>)
    act(() => button('All').focus())
    await user.keyboard('f')
    expect(document.activeElement).toBe(screen.getByLabelText('Last message'))
    await user.keyboard('{Escape}')
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(document.activeElement).toBe(button(/^Filters/))
    await user.keyboard('{Enter}')
    expect(screen.getByRole('dialog')).toBeDefined()
    await user.click(document.body)
    expect(screen.queryByRole('dialog')).toBeNull()
  })
})

describe('the note of what was seen', () => {
  const note = (props: Partial<ViewNoteProps>) => {
    show(<ViewNote view={{}} loaded={412} hasMore={false} {...props} />)
    return screen.getByRole('status').textContent
  }

  test('says that all is loaded, or that there is more', () => {
    expect(note({ loaded: 97 })).toBe('All 97 loaded')
  })

  test('leaves it at that while nothing runs on what is loaded', () => {
    expect(note({ view: { meta: { plan: 'pro' }, order: 'asc' }, hasMore: true, onLoadMore: () => {} })).toBe(
      '412 loaded of more',
    )
    expect(screen.queryByRole('button')).toBeNull()
  })

  test('says that a filter sees only what is loaded, and loads more when it is told to', async () => {
    const onLoadMore = vi.fn<() => void>()
    expect(note({ view: { votes: 'down' }, shown: 1234, loaded: 5000, hasMore: true, onLoadMore })).toBe(
      '1,234 shown5,000 loaded of moreSome filters see only what is loaded.',
    )
    await user.click(button('Show more'))
    expect(onLoadMore).toHaveBeenCalledOnce()
  })

  test('asks for no more while more is on its way', async () => {
    const onLoadMore = vi.fn<() => void>()
    note({ view: { votes: 'down' }, hasMore: true, loading: true, onLoadMore })
    await user.click(button('Loading…'))
    expect(onLoadMore).not.toHaveBeenCalled()
  })

  test('says of how many it is not known who spoke last, where that is asked', () => {
    expect(note({ view: { lastSpeaker: 'user' }, shown: 3, unknown: 7 })).toBe(
      '3 shownAll 412 loadedWho spoke last is not known of 7 conversations.',
    )
  })
})

describe('saved views', () => {
  const open = async () => {
    await user.click(button(/^Views/))
    return within(screen.getByRole('dialog', { name: 'Views' }))
  }
  const save = async (name: string) => {
    const panel = await open()
    await user.type(panel.getByLabelText('Name of the view'), `${name}{Enter}`)
    await user.keyboard('{Escape}')
  }

  test('are saved under a name, opened again, changed, and still there after a reload', async () => {
    const now = bar({ votes: 'down' })
    await save('Angry')
    expect(button('Views: Angry')).toBeDefined()
    await user.click(button(/^Unanswered/))
    let panel = await open()
    await user.click(panel.getByRole('button', { name: 'Update “Angry”' }))
    await user.click(button('All'))
    panel = await open()
    await user.click(panel.getByRole('button', { name: 'Angry' }))
    expect(now.view).toEqual({ votes: 'down', lastSpeaker: 'user' })
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(JSON.parse(localStorage.getItem('conversation-kit:views')!)).toMatchObject({
      version: 1,
      views: [{ name: 'Angry', view: { votes: 'down', lastSpeaker: 'user' } }],
    })
  })

  test('have a name each', async () => {
    bar({ votes: 'down' })
    await save('Angry')
    await user.click(button(/^Today/))
    const panel = await open()
    await user.type(panel.getByLabelText('Name of the view'), 'angry')
    expect(panel.getByRole('alert').textContent).toBe('There is a view with this name.')
    expect(panel.getByRole('button', { name: 'Save view' }).hasAttribute('disabled')).toBe(true)
  })

  test('are renamed, put in order, opened first, deleted, and brought back', async () => {
    bar({ votes: 'down' })
    await save('One')
    await user.click(button(/^Today/))
    await save('Two')
    const panel = await open()
    await user.click(panel.getByRole('button', { name: 'Edit views' }))
    const name = panel.getByLabelText('New name for Two')
    await user.clear(name)
    await user.type(name, 'Zwei{Enter}')
    await user.click(panel.getByRole('button', { name: 'Move Zwei up' }))
    await user.click(panel.getByRole('button', { name: 'Open with Zwei' }))
    await user.click(panel.getByRole('button', { name: 'Delete Zwei' }))
    expect(panel.queryByLabelText('New name for Zwei')).toBeNull()
    expect(panel.getByText('“Zwei” deleted')).toBeDefined()
    await user.click(panel.getByRole('button', { name: 'Undo' }))
    await user.click(panel.getByRole('button', { name: 'Done' }))
    expect(
      within(panel.getByRole('list'))
        .getAllByRole('button')
        .map(({ textContent }) => textContent),
    ).toEqual(['ZweiOpens first', 'One'])
  })

  test('come from a file, and what of it was refused is said', async () => {
    bar()
    const panel = await open()
    const text = JSON.stringify({
      kind: 'conversation-kit/views',
      version: 1,
      views: [{ name: 'Good', view: { votes: 'up' } }, { name: 'Odd', view: { votes: 'sideways' } }, {}],
    })
    const field = document.querySelector<HTMLInputElement>('input[type="file"]')!
    await user.upload(field, new File([text], 'views.json', { type: 'application/json' }))
    expect(await panel.findByText('1 view imported · 2 views refused')).toBeDefined()
    expect(panel.getByText('Cannot be read: votes').closest('li')!.textContent).toContain('Odd')
    expect(panel.getByText('Has no name')).toBeDefined()
    expect(panel.getByRole('button', { name: 'Good' })).toBeDefined()
    await user.upload(field, new File(['<html>'], 'views.json', { type: 'application/json' }))
    expect((await panel.findByRole('alert')).textContent).toBe('This file holds no saved views.')
    expect(panel.getByRole('button', { name: 'Good' })).toBeDefined()
  })

  test('follow another tab', () => {
    bar({ votes: 'down' })
    const newValue = JSON.stringify({ version: 1, views: [{ id: 'x', name: 'Theirs', view: { votes: 'down' } }] })
    localStorage.setItem('conversation-kit:views', newValue)
    act(() => {
      globalThis.dispatchEvent(
        new StorageEvent('storage', { key: 'conversation-kit:views', newValue, storageArea: localStorage }),
      )
    })
    expect(button('Views: Theirs')).toBeDefined()
  })

  test('are there as long as the page, and say so, where the browser keeps nothing', async () => {
    const full = {
      getItem: () => null,
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError')
      },
    }
    show(<SavedViews view={{ votes: 'down' }} onViewChange={() => {}} storage={full} />)
    const panel = await open()
    await user.type(panel.getByLabelText('Name of the view'), 'Mine{Enter}')
    expect(panel.getByRole('button', { name: 'Mine' })).toBeDefined()
    expect(panel.getByRole('alert').textContent).toContain('keeps nothing')
  })
})
