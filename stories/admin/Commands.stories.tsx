import type { Meta, StoryObj } from '@storybook/react-vite'
import { CommandMenu, CommandMenuButton, Shortcuts, ShortcutsDialog, useShortcuts } from 'conversation-kit/admin'
import type { CommandItem } from 'conversation-kit/admin'
import { useState } from 'react'
import { expect, screen, waitFor, within } from 'storybook/test'
import { scene } from '../support/scene.tsx'

/** An in-memory place, so that one story leaves nothing to the next. */
function memory(): Pick<Storage, 'getItem' | 'setItem'> {
  const kept = new Map<string, string>()
  return { getItem: (name) => kept.get(name) ?? null, setItem: (name, value) => void kept.set(name, value) }
}

function Inbox({ onDone }: { onDone: (what: string) => void }) {
  const does = (what: string) => () => onDone(what)
  useShortcuts({
    next: does('next'),
    previous: does('previous'),
    open: does('open'),
    select: does('select'),
    search: does('search'),
    reply: does('reply'),
    note: does('note'),
    rename: does('rename'),
    delete: does('delete'),
    undo: { run: does('undo'), disabled: true },
    snooze: { label: 'Snooze', keys: ['h'], run: does('snooze') },
  })
  return null
}

function Commands() {
  const [done, setDone] = useState('')
  const [storage] = useState(memory)
  const items: CommandItem[] = [
    { id: 'view:1', label: 'Angry people', group: 'Saved views', run: () => setDone('Angry people') },
    {
      id: 'c:1',
      label: 'Sourdough that rises',
      detail: 'Why the second loaf stayed flat',
      group: 'Open chats',
      run: () => setDone('Sourdough'),
    },
    { id: 'c:2', label: 'خبز البيت', group: 'Open chats', run: () => setDone('Bread') },
  ]
  return (
    <Shortcuts storage={storage}>
      <Inbox onDone={setDone} />
      <div className="ck-desk">
        <CommandMenuButton />
      </div>
      <CommandMenu items={items} />
      <ShortcutsDialog />
      <p>{done}</p>
      <p>Try J, K, O, X, R, N, F, F2, H, Ctrl Z, or a question mark.</p>
    </Shortcuts>
  )
}

const meta: Meta<typeof Commands> = {
  title: 'Admin/Commands',
  component: Commands,
  parameters: { page: { width: '30rem', height: 'auto' } },
  ...scene().story,
}
export default meta
type Story = StoryObj<typeof meta>

/** All that can be done, found by a few letters. */
export const Menu: Story = {
  play: async ({ canvas, userEvent }) => {
    await userEvent.keyboard('j')
    await expect(canvas.getByText('next')).toBeVisible()
    await userEvent.keyboard('{Control>}k{/Control}')
    await expect(screen.getByRole('combobox')).toHaveFocus()
    await userEvent.keyboard('{ArrowUp}{ArrowUp}{Enter}')
    await waitFor(() => expect(screen.queryByRole('combobox')).toBeNull())
    await expect(canvas.getByText('Sourdough')).toBeVisible()
    await userEvent.click(canvas.getByRole('button', { name: 'Command menu' }))
    await expect(await screen.findByText('Recent')).toBeVisible()
  },
}

/** Every shortcut, changed by pressing another one. */
export const Changing: Story = {
  play: async ({ userEvent }) => {
    await userEvent.keyboard('?')
    const dialog = within(await screen.findByRole('dialog', { name: 'Keyboard shortcuts' }))
    await userEvent.click(dialog.getByRole('button', { name: 'Change # for Delete' }))
    await userEvent.keyboard('h')
    await expect(dialog.getByRole('alert')).toHaveTextContent('H is used for Snooze.')
  },
}
