// Pages of others have roles of all kinds.
/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/no-noninteractive-tabindex */
import { act, fireEvent, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import {
  CommandMenu,
  CommandMenuButton,
  Shortcuts,
  ShortcutsDialog,
  useCommandKeys,
  useShortcuts,
} from 'conversation-kit/admin'
import type { CommandMap, CommandItem, ShortcutsProps } from 'conversation-kit/admin'
import { createTestKit } from 'conversation-kit/testing'
import { StrictMode } from 'react'
import type { ReactNode } from 'react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

beforeEach(() => localStorage.clear())
afterEach(() => vi.restoreAllMocks())

function Commands({ map }: { map: CommandMap }) {
  useShortcuts(map)
  return null
}

/** An inbox that tells what its keys do. */
function inbox(children: ReactNode = null, props: ShortcutsProps = {}, more: CommandMap = {}) {
  const done: string[] = []
  const does = (id: string) => () => void done.push(id)
  const map: CommandMap = {
    next: does('next'),
    open: does('open'),
    select: does('select'),
    search: does('search'),
    delete: does('delete'),
    rename: does('rename'),
    undo: does('undo'),
    ...more,
  }
  const view = (
    <Shortcuts {...props}>
      <Commands map={map} />
      <button type="button">A button</button>
      {children}
    </Shortcuts>
  )
  return { done, view }
}

const show = (view: ReactNode) =>
  render(<StrictMode>{view}</StrictMode>, { wrapper: createTestKit({ locale: 'en' }).wrapper })
const press = (key: string, init: KeyboardEventInit = {}, target: Element = document.activeElement ?? document.body) =>
  fireEvent.keyDown(target, { key, ...init })

describe('keys', () => {
  test('do what they stand for while the focus is nowhere or in the inbox, once for each press', () => {
    const { done, view } = inbox()
    show(view)
    press('j')
    press('ArrowDown')
    screen.getByRole('button').focus()
    for (const key of ['x', '/', '#', 'Delete', 'F2']) press(key)
    press('z', { ctrlKey: true })
    expect(done).toEqual(['next', 'next', 'select', 'search', 'delete', 'delete', 'rename', 'undo'])
  })

  test('held down move on and on, and delete once', () => {
    const { done, view } = inbox()
    show(view)
    for (const repeat of [false, true, true]) press('j', { repeat })
    for (const repeat of [false, true, true]) press('#', { repeat })
    expect(done).toEqual(['next', 'next', 'next', 'delete'])
  })

  test('are left alone elsewhere on the page, and after it is gone', () => {
    const { done, view } = inbox()
    const { unmount } = show(
      <>
        {view}
        <button type="button">Elsewhere</button>
      </>,
    )
    screen.getByText('Elsewhere').focus()
    press('j')
    unmount()
    press('j')
    expect(done).toEqual([])
  })

  test('that somebody else has taken are not taken twice', () => {
    const { done, view } = inbox(<input type="checkbox" onKeyDown={(event) => event.preventDefault()} />)
    show(view)
    press('j', {}, screen.getByRole('checkbox'))
    expect(done).toEqual([])
  })

  test.each([
    ['a field', <input key="f" aria-label="here" />],
    ['a field for a number', <input key="f" type="number" aria-label="here" />],
    ['a long text', <textarea key="f" aria-label="here" />],
    ['a choice', <select key="f" aria-label="here" />],
    [
      'a part that is edited',
      <div key="f" contentEditable suppressContentEditableWarning tabIndex={0} aria-label="here" />,
    ],
    ['a field of roles', <div key="f" role="textbox" tabIndex={0} aria-label="here" />],
  ])('are letters in %s, where Ctrl+K is still a command, and Ctrl+Z is not ours', (_, field) => {
    const { done, view } = inbox(field, {}, { more: { keys: ['Mod+K', 'F3', 'Alt+q'], run: () => done.push('more') } })
    show(view)
    const target = screen.getByLabelText('here')
    target.focus()
    for (const key of ['j', 'x', '/', '#', '?', 'Delete', 'Enter', 'ArrowDown', 'F2', 'F3']) press(key, {}, target)
    press('q', { altKey: true }, target)
    press('z', { ctrlKey: true }, target)
    expect(done).toEqual([])
    press('k', { ctrlKey: true }, target)
    expect(done).toEqual(['more'])
  })

  test('are letters in a field inside of a shadow root', () => {
    const { done, view } = inbox(<div data-testid="host" />)
    show(view)
    const root = screen.getByTestId('host').attachShadow({ mode: 'open' })
    const field = root.appendChild(document.createElement('input'))
    const event = (key: string) => new KeyboardEvent('keydown', { key, bubbles: true, composed: true })
    field.dispatchEvent(event('j'))
    expect(done).toEqual([])
    const button = root.appendChild(document.createElement('button'))
    button.dispatchEvent(event('j'))
    expect(done).toEqual(['next'])
  })

  test('of an input method are its own, also the one that ends a composition', () => {
    const { done, view } = inbox()
    show(view)
    press('j', { isComposing: true })
    press('j', { keyCode: 229 })
    press('Process', { code: 'KeyJ' })
    expect(done).toEqual([])
  })

  test('press the button that has the focus, and walk the list that has it', () => {
    const { done, view } = inbox(
      <>
        <a href="#there">A link</a>
        <input type="radio" aria-label="A choice" />
        <div role="listbox" tabIndex={0} aria-label="A list" />
      </>,
    )
    show(view)
    press('Enter', {}, screen.getByRole('button'))
    press('Enter', {}, screen.getByRole('link'))
    press('ArrowDown', {}, screen.getByRole('radio'))
    press('ArrowDown', {}, screen.getByRole('listbox'))
    expect(done).toEqual([])
    press('j', {}, screen.getByRole('listbox'))
    press('Enter', {}, document.body)
    expect(done).toEqual(['next', 'open'])
  })

  test('wait while a dialog is open, of whomever, and go on after it', () => {
    const { done, view } = inbox()
    const { rerender } = show(
      <>
        {view}
        <dialog open>Theirs</dialog>
      </>,
    )
    press('j')
    rerender(
      <>
        {view}
        <div role="dialog" aria-modal="true" />
      </>,
    )
    press('j')
    expect(done).toEqual([])
    rerender(view)
    press('j')
    expect(done).toEqual(['next'])
  })

  test('of two inboxes are those of the one that was used last', () => {
    const one = inbox(null, { 'aria-label': 'one' })
    const two = inbox(null, { 'aria-label': 'two' })
    show(
      <>
        {one.view}
        {two.view}
      </>,
    )
    press('j', {}, document.body)
    expect([one.done, two.done]).toEqual([['next'], []])
    fireEvent.pointerDown(screen.getAllByRole('button')[1]!)
    press('x', {}, document.body)
    expect([one.done, two.done]).toEqual([['next'], ['select']])
    act(() => screen.getAllByRole('button')[0]!.focus())
    press('x')
    press('x', {}, document.body)
    expect([one.done, two.done]).toEqual([['next', 'select', 'select'], ['select']])
  })

  test('of a command that is disabled do nothing, and those of the part that came last count', () => {
    const { done, view } = inbox(
      <Commands map={{ delete: { run: () => done.push('other'), disabled: true }, open: () => done.push('thread') }} />,
    )
    show(view)
    press('#')
    press('o')
    expect(done).toEqual(['delete', 'thread'])
  })

  test('run what was rendered last', () => {
    const done: number[] = []
    const at = (value: number) => (
      <Shortcuts>
        <Commands map={{ next: () => done.push(value) }} />
      </Shortcuts>
    )
    const { rerender } = show(at(1))
    rerender(at(2))
    press('j')
    expect(done).toEqual([2])
  })

  test('without an inbox around them do nothing and break nothing', () => {
    const run = vi.fn<() => void>()
    show(<Commands map={{ next: run }} />)
    press('j')
    expect(run).not.toHaveBeenCalled()
  })
})

describe('the list of shortcuts', () => {
  const user = userEvent.setup()
  const shown = () => show(opened().view)
  function opened() {
    return inbox(<ShortcutsDialog />)
  }
  const row = (name: string) => screen.getByText(name, { selector: '.ck-shortcut-label' }).closest('li')!

  test('opens with ?, says every command and its keys in groups, and gives the focus back', async () => {
    shown()
    const button = screen.getByRole('button', { name: 'A button' })
    act(() => button.focus())
    press('?')
    expect(screen.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeDefined()
    expect(screen.getAllByRole('heading', { level: 3 }).map((heading) => heading.textContent)).toEqual([
      'Moving around',
      'Conversation',
      'Everywhere',
    ])
    expect(row('Next conversation').textContent).toContain('J')
    expect(row('Undo').textContent).toContain('Ctrl+Z')
    await user.click(screen.getByRole('button', { name: 'Close' }))
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(document.activeElement).toBe(button)
  })

  test('changes a shortcut by pressing it, at once and for good', async () => {
    const { done, view } = opened()
    const { unmount } = show(view)
    press('?')
    await user.click(screen.getByRole('button', { name: 'Change # for Delete' }))
    await user.keyboard('h')
    expect(screen.getByRole('button', { name: 'Change H for Delete' })).toBeDefined()
    expect(screen.getByRole('status').textContent).toBe('Delete: H')
    await user.click(screen.getByRole('button', { name: 'Close' }))
    press('#')
    press('h')
    expect(done).toEqual(['delete'])
    unmount()

    const again = opened()
    show(again.view)
    press('h')
    press('#')
    expect(again.done).toEqual(['delete'])
  })

  test('says whose keys they are already, and takes them only when told to', async () => {
    const { done, view } = opened()
    show(view)
    press('?')
    await user.click(screen.getByRole('button', { name: 'Change # for Delete' }))
    await user.keyboard('x')
    expect(screen.getByRole('alert').textContent).toContain('X is used for Select conversation.')
    await user.click(screen.getByRole('button', { name: 'Leave it there' }))
    expect(row('Select conversation').textContent).toContain('X')
    await user.click(screen.getByRole('button', { name: 'Change # for Delete' }))
    await user.keyboard('x')
    await user.click(screen.getByRole('button', { name: 'Use it here' }))
    expect(row('Select conversation').textContent).toContain('None')
    await user.click(screen.getByRole('button', { name: 'Close' }))
    press('x')
    expect(done).toEqual(['delete'])
  })

  test('leaves everything as it is on Escape, on Tab, and for keys that the page needs', async () => {
    shown()
    press('?')
    const change = () => screen.getByRole('button', { name: 'Change # for Delete' })
    await user.click(change())
    await user.keyboard('{Escape}')
    expect(change()).toBe(document.activeElement?.closest('li')?.querySelector('button'))
    await user.click(change())
    await user.keyboard('{Control>}c{/Control}')
    expect(screen.getByRole('alert').textContent).toBe('Ctrl+C is needed by the page. Choose another.')
    await user.tab()
    expect(change()).toBeDefined()
    expect(screen.queryByRole('alert')).toBeNull()
    expect(localStorage.length).toBe(0)
  })

  test('adds and removes shortcuts, and resets one or all', async () => {
    shown()
    press('?')
    await user.click(screen.getByRole('button', { name: 'Add a shortcut for Search' }))
    await user.keyboard('{Shift>}S{/Shift}')
    await user.click(screen.getByRole('button', { name: 'Remove / from Search' }))
    expect(screen.getByRole('button', { name: 'Change Shift+S for Search' })).toBeDefined()
    await user.click(screen.getByRole('button', { name: 'Remove Delete from Delete' }))
    await user.click(screen.getByRole('button', { name: 'Reset Search' }))
    expect(screen.getByRole('button', { name: 'Change / for Search' })).toBeDefined()
    await user.click(screen.getByRole('button', { name: 'Reset all' }))
    expect(screen.getByRole('button', { name: 'Change Delete for Delete' })).toBeDefined()
    expect(screen.queryByRole('button', { name: 'Reset all' })).toBeNull()
  })

  test('turns single keys off for who speaks to the computer, and leaves the others on', async () => {
    const { done, view } = opened()
    show(view)
    press('?')
    await user.click(screen.getByRole('checkbox', { name: 'Shortcuts of a single key' }))
    await user.click(screen.getByRole('button', { name: 'Close' }))
    for (const key of ['j', '#', '/', '?']) press(key)
    press('X', { shiftKey: true })
    expect(screen.queryByRole('dialog')).toBeNull()
    press('ArrowDown')
    press('z', { ctrlKey: true })
    expect(done).toEqual(['next', 'undo'])
  })

  test('is as it was where the browser keeps something else, or nothing', () => {
    localStorage.setItem('conversation-kit:keys', '{"version":1,"keys":{"next":["jj",7,"g"],"open":7},"recent":"x"}')
    const { done, view } = inbox()
    show(view)
    press('j')
    press('g')
    press('o')
    expect(done).toEqual(['next', 'open'])
  })

  test('follows another tab', () => {
    const { done, view } = inbox()
    show(view)
    const newValue = JSON.stringify({ version: 1, keys: { next: ['g'] }, single: true, recent: [] })
    localStorage.setItem('conversation-kit:keys', newValue)
    act(() => {
      globalThis.dispatchEvent(
        new StorageEvent('storage', { key: 'conversation-kit:keys', newValue, storageArea: localStorage }),
      )
    })
    press('j')
    press('g')
    expect(done).toEqual(['next'])
  })
})

describe('the command menu', () => {
  const user = userEvent.setup()
  const items = (done: string[]): CommandItem[] => [
    {
      id: 'c:1',
      label: 'Order 1043',
      group: 'Conversations',
      detail: 'Delivered to the wrong door',
      run: () => done.push('c:1'),
    },
    { id: 'v:1', label: 'Angry people', group: 'Views', keywords: 'down', run: () => done.push('v:1') },
  ]
  function opened(props: ShortcutsProps = {}) {
    const done: string[] = []
    const { view } = inbox(
      <>
        <textarea aria-label="reply" />
        <CommandMenuButton />
        <CommandMenu items={items(done)} />
      </>,
      props,
      {
        search: () => {
          done.push('search')
          screen.getByLabelText('reply').focus()
        },
        delete: () => done.push('delete'),
        rename: { run: () => done.push('rename'), disabled: true },
      },
    )
    return { done, view }
  }
  const field = () => screen.getByRole('combobox', { name: 'Command menu' })
  const options = () =>
    screen.queryAllByRole('option').map((option) => option.querySelector('.ck-command-label')!.textContent)
  const active = () =>
    document.getElementById(field().getAttribute('aria-activedescendant') ?? '')?.querySelector('.ck-command-label')
      ?.textContent

  test('opens from anywhere in the inbox, also while somebody writes, and closes in the same way', () => {
    show(opened().view)
    const reply = screen.getByLabelText('reply')
    act(() => reply.focus())
    press('k', { ctrlKey: true })
    expect(document.activeElement).toBe(field())
    press('k', { ctrlKey: true })
    expect(screen.queryByRole('combobox')).toBeNull()
    expect(document.activeElement).toBe(reply)
    press('k', { ctrlKey: true })
    press('Escape')
    expect(screen.queryByRole('combobox')).toBeNull()
    expect(document.activeElement).toBe(reply)
  })

  test('lists what can be done under headings, with its keys, and not what cannot', () => {
    show(opened().view)
    press('k', { ctrlKey: true })
    expect(
      screen
        .getAllByRole('group')
        .map((group) => group.getAttribute('aria-labelledby') && group.firstChild?.textContent),
    ).toEqual(['Moving around', 'Conversation', 'Everywhere', 'Conversations', 'Views'])
    expect(options()).toContain('Delete')
    expect(options()).toContain('Order 1043')
    expect(options()).not.toContain('Rename')
    expect(options()).not.toContain('Command menu')
    expect(screen.getByRole('option', { name: /Delete/ }).textContent).toContain('#')
  })

  test('finds by a few letters, walks by arrows around the ends, and runs the one that is marked', async () => {
    const { done, view } = opened()
    show(view)
    press('k', { ctrlKey: true })
    await user.keyboard('del')
    expect(active()).toBe('Delete')
    expect(screen.getByRole('status').textContent).toMatch(/^\d+ commands?$/)
    await user.clear(field())
    expect(active()).toBe('Next conversation')
    await user.keyboard('{ArrowUp}')
    expect(active()).toBe('Angry people')
    await user.keyboard('{ArrowDown}{ArrowDown}{ArrowUp}')
    expect(active()).toBe('Next conversation')
    await user.keyboard('1043{Enter}')
    expect(done).toEqual(['c:1'])
    expect(screen.queryByRole('combobox')).toBeNull()
  })

  test('says when nothing matches, and does nothing then', async () => {
    const { done, view } = opened()
    show(view)
    press('k', { ctrlKey: true })
    await user.keyboard('zzzz{Enter}{ArrowDown}')
    expect(screen.getByText('No command matches.')).toBeDefined()
    expect(done).toEqual([])
    await user.clear(field())
    await user.keyboard('down')
    expect(options()).toContain('Angry people')
  })

  test('leaves the focus to the command that moves it', async () => {
    const { done, view } = opened()
    show(view)
    screen.getByRole('button', { name: 'A button' }).focus()
    press('k', { ctrlKey: true })
    await user.keyboard('search{Enter}')
    expect(done).toEqual(['search'])
    expect(document.activeElement).toBe(screen.getByLabelText('reply'))
  })

  test('puts what was run last first, also after a reload', async () => {
    const first = opened()
    const { unmount } = show(first.view)
    press('k', { ctrlKey: true })
    await user.keyboard('angry{Enter}')
    unmount()
    const { done, view } = opened()
    show(view)
    await user.click(screen.getByRole('button', { name: 'Command menu' }))
    expect(screen.getAllByRole('group')[0]!.textContent).toContain('Recent')
    expect(options()[0]).toBe('Angry people')
    expect(options().filter((label) => label === 'Angry people')).toHaveLength(1)
    await user.click(screen.getAllByRole('option')[0]!)
    expect(done).toEqual(['v:1'])
  })

  test('leaves Enter and arrows to an input method', async () => {
    const { done, view } = opened()
    show(view)
    press('k', { ctrlKey: true })
    press('Enter', { isComposing: true }, field())
    press('ArrowDown', { keyCode: 229 }, field())
    expect(done).toEqual([])
    expect(active()).toBe('Next conversation')
  })
})

test('a button says the keys that do the same, as they are by now', () => {
  function Button() {
    const { text, ...aria } = useCommandKeys('delete')
    return (
      <button type="button" {...aria}>
        Delete {text}
      </button>
    )
  }
  localStorage.setItem('conversation-kit:keys', '{"version":1,"keys":{"delete":["Mod+Backspace","h"]}}')
  show(
    <Shortcuts>
      <Commands map={{ delete: () => {} }} />
      <Button />
    </Shortcuts>,
  )
  const button = screen.getByRole('button')
  expect(button.textContent).toBe('Delete Ctrl+Backspace')
  expect(button.getAttribute('aria-keyshortcuts')).toBe('Control+Backspace H')
})

test('the dialogs take the colours and the theme that they are given', () => {
  show(
    <Shortcuts>
      <CommandMenu defaultOpen colorScheme="dark" theme="compact" />
    </Shortcuts>,
  )
  const { dataset } = screen.getByRole('dialog')
  expect([dataset.colorScheme, dataset.theme]).toEqual(['dark', 'compact'])
})
