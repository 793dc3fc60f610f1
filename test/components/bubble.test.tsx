import { act, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { ChatBubble, createChatStore, useChatStore } from 'conversation-kit'
import type { ChatBubbleProps } from 'conversation-kit'
import { createTestKit } from 'conversation-kit/testing'
import { StrictMode, useState } from 'react'
import { renderToString } from 'react-dom/server'
import { describe, expect, test, vi } from 'vitest'

const launcher = () => screen.getByRole('button', { name: /^Open chat/ })
const panel = () => screen.getByRole('dialog', { hidden: true })
const isOpen = () => panel().hasAttribute('data-open')

function show(props: ChatBubbleProps = {}, beside: React.ReactNode = null) {
  const kit = createTestKit()
  const view = render(
    <>
      {beside}
      <ChatBubble title="Help" {...props} />
    </>,
    { wrapper: kit.wrapper },
  )
  return { ...kit, ...view }
}

function HelpLink() {
  const { setOpen } = useChatStore((state) => state.actions)
  return (
    <>
      <button onClick={() => setOpen(true)}>Need help?</button>
      <button onClick={() => setOpen(false)}>No more</button>
    </>
  )
}

describe('opening and closing', () => {
  test('a press opens the chat, ready to be written in, and another closes it', async () => {
    const onOpenChange = vi.fn<(open: boolean) => void>()
    show({ onOpenChange })
    expect(isOpen()).toBe(false)
    expect(within(panel()).queryByRole('textbox', { hidden: true })).toBeNull()
    await userEvent.click(launcher())
    expect(isOpen()).toBe(true)
    expect(panel().getAttribute('aria-label')).toBe('Help')
    const field = await screen.findByRole('textbox')
    await waitFor(() => expect(document.activeElement).toBe(field))
    await userEvent.click(within(panel()).getByRole('button', { name: 'Close' }))
    expect(isOpen()).toBe(false)
    expect(document.activeElement).toBe(launcher())
    expect(onOpenChange.mock.calls).toEqual([[true], [false]])
  })

  test('it is opened and closed from elsewhere on the page, and gives the focus back there', async () => {
    const onOpenChange = vi.fn<(open: boolean) => void>()
    show({ onOpenChange }, <HelpLink />)
    const link = screen.getByRole('button', { name: 'Need help?' })
    await userEvent.click(link)
    const field = await screen.findByRole('textbox')
    await waitFor(() => expect(document.activeElement).toBe(field))
    await userEvent.keyboard('{Escape}')
    expect(isOpen()).toBe(false)
    expect(document.activeElement).toBe(link)
    await userEvent.click(link)
    const other = screen.getByRole('button', { name: 'No more' })
    await userEvent.click(other)
    expect(isOpen()).toBe(false)
    expect(document.activeElement).toBe(other)
    expect(onOpenChange.mock.calls).toEqual([[true], [false], [true], [false]])
  })

  test('Escape belongs to an input method, and to what is open inside, before it closes the chat', async () => {
    show({ footer: <button aria-haspopup="menu" aria-expanded="true" aria-label="Menu" /> })
    await userEvent.click(launcher())
    const field = await screen.findByRole('textbox')
    fireEvent.keyDown(field, { key: 'Escape', isComposing: true })
    fireEvent.keyDown(field, { key: 'Escape', keyCode: 229 })
    expect(isOpen()).toBe(true)
    fireEvent.keyDown(field, { key: 'Escape' })
    expect(isOpen()).toBe(true)
    screen.getByRole('button', { name: 'Menu' }).setAttribute('aria-expanded', 'false')
    fireEvent.keyDown(field, { key: 'Escape' })
    expect(isOpen()).toBe(false)
  })

  test('a handler of the page that took Escape for itself keeps the chat open', async () => {
    show({ footer: <input aria-label="Own" onKeyDown={(event) => event.preventDefault()} /> })
    await userEvent.click(launcher())
    fireEvent.keyDown(await screen.findByRole('textbox', { name: 'Own' }), { key: 'Escape' })
    expect(isOpen()).toBe(true)
  })

  test('one that begins open takes the focus from nobody', async () => {
    const onOpenChange = vi.fn<(open: boolean) => void>()
    const kit = createTestKit()
    render(
      <StrictMode>
        <input aria-label="Search" ref={(field) => field?.focus()} />
        <ChatBubble defaultOpen onOpenChange={onOpenChange} />
      </StrictMode>,
      { wrapper: kit.wrapper },
    )
    await waitFor(() => expect(within(panel()).getByRole('textbox')).toBeTruthy())
    expect(isOpen()).toBe(true)
    expect(kit.store.getState().panel.open).toBe(true)
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Search' }))
    await userEvent.click(within(panel()).getByRole('button', { name: 'Close' }))
    expect(isOpen()).toBe(false)
    expect(onOpenChange.mock.calls).toEqual([[false]])
  })

  test('the page may decide: the chat opens when the page says so, and not before', async () => {
    const asked: boolean[] = []
    function Page({ obeys }: { obeys: boolean }) {
      const [open, setOpen] = useState(false)
      return (
        <StrictMode>
          <button onClick={() => setOpen(!open)}>Toggle</button>
          <ChatBubble
            open={open}
            onOpenChange={(next) => {
              asked.push(next)
              if (obeys) setOpen(next)
            }}
          />
        </StrictMode>
      )
    }
    const { wrapper, store } = createTestKit()
    const { rerender } = render(<Page obeys={false} />, { wrapper })
    await userEvent.click(launcher())
    expect([asked, isOpen(), store.getState().panel.open]).toEqual([[true], false, false])
    rerender(<Page obeys />)
    await userEvent.click(launcher())
    expect([asked, isOpen(), store.getState().panel.open]).toEqual([[true, true], true, true])
    await userEvent.click(screen.getByRole('button', { name: 'Toggle' }))
    expect([asked, isOpen(), store.getState().panel.open]).toEqual([[true, true], false, false])
    act(() => store.getState().actions.setOpen(true))
    expect([asked, isOpen()]).toEqual([[true, true, true], true])
  })

  test('a store that remembers an open chat brings it back open, without a word to the page', async () => {
    const store = createChatStore()
    store.getState().actions.setOpen(true)
    const onOpenChange = vi.fn<(open: boolean) => void>()
    const { wrapper } = createTestKit({ store })
    render(<ChatBubble onOpenChange={onOpenChange} />, { wrapper })
    expect(isOpen()).toBe(true)
    expect(await screen.findByRole('textbox')).toBeTruthy()
    expect(onOpenChange).not.toHaveBeenCalled()
  })
})

describe('while it is closed', () => {
  test('an answer goes on, is counted, and is there with the draft when the chat is opened again', async () => {
    const { server } = show()
    const reply = server.holdReply()
    await userEvent.click(launcher())
    await userEvent.type(await screen.findByRole('textbox'), 'Where is it?{Enter}')
    await userEvent.type(screen.getByRole('textbox'), 'And why')
    await reply.token('On its ')
    await screen.findByText(/On its/)
    const field = screen.getByRole('textbox')
    await userEvent.keyboard('{Escape}')
    await reply.token('way.')
    await reply.end()
    const counted = await screen.findByRole('button', { name: 'Open chat, 1 new reply' })
    expect(counted.textContent).toBe('1')
    expect(screen.getByText('1 new reply', { selector: 'output' })).toBeTruthy()
    await userEvent.click(counted)
    expect(screen.queryByText('1 new reply')).toBeNull()
    expect(screen.getByText('On its way.')).toBeTruthy()
    expect(screen.getByRole('textbox')).toBe(field)
    expect((field as HTMLTextAreaElement).value).toBe('And why')
  })

  test('nothing in it can be reached', async () => {
    show()
    expect(panel().hasAttribute('inert')).toBe(true)
    await userEvent.click(launcher())
    expect(panel().hasAttribute('inert')).toBe(false)
  })
})

describe('where it is', () => {
  test('a server renders nothing of it, and the page takes that over', () => {
    const { wrapper: Kit } = createTestKit()
    const errors = vi.spyOn(console, 'error')
    const page = (
      <Kit>
        <ChatBubble />
      </Kit>
    )
    const html = renderToString(page)
    expect(html).not.toContain('ck-')
    const container = document.createElement('div')
    container.innerHTML = html
    document.body.append(container)
    render(page, { container, hydrate: true })
    expect(launcher().closest('.ck-dock')!.parentElement).toBe(document.body)
    expect(errors).not.toHaveBeenCalled()
    errors.mockRestore()
    container.remove()
  })

  test('it goes to the element it is given, or stays where it stands', () => {
    const corner = document.createElement('aside')
    document.body.append(corner)
    const { unmount } = show({ portal: corner })
    expect(corner.contains(launcher())).toBe(true)
    unmount()
    corner.remove()
    const { container } = show({ portal: null })
    expect(container.contains(launcher())).toBe(true)
  })

  test('its root takes a ref, a class, a style and its own element, and tells its state', async () => {
    const seen: (HTMLElement | null)[] = []
    show({
      ref: (element: HTMLElement | null) => void seen.push(element),
      position: 'bottom-start',
      className: ({ open }) => (open ? 'is-open' : 'is-closed'),
      style: ({ unread }) => ({ zIndex: unread + 7 }),
      render: <aside />,
      theme: 'compact',
      colorScheme: 'dark',
    } as ChatBubbleProps)
    const dock = launcher().parentElement!
    expect(seen).toEqual([dock])
    expect([dock.tagName, dock.className, dock.style.zIndex]).toEqual(['ASIDE', 'ck-dock is-closed', '7'])
    expect(dock.dataset).toMatchObject({ position: 'bottom-start', theme: 'compact', colorScheme: 'dark', ck: 'dock' })
    await userEvent.click(launcher())
    expect(dock.className).toBe('ck-dock is-open')
    expect(dock.dataset.open).toBe('')
    await screen.findByRole('textbox')
    const root = panel().querySelector<HTMLElement>('[data-ck="root"]')!
    expect(root.dataset).toMatchObject({ theme: 'compact', colorScheme: 'dark' })
  })
})
