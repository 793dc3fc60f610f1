import { act, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { Chat, ChatWindow } from 'conversation-kit'
import type { ChatWindowProps } from 'conversation-kit'
import { createTestKit } from 'conversation-kit/testing'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { count } from '../hooks/support.ts'
import { chatAt } from './support.tsx'

const LONG = { timeout: 10_000 }

const SEED = {
  id: 'c1',
  messages: [
    { id: 'm1', type: 'user' as const, text: 'First' },
    { id: 'm2', type: 'bot' as const, text: 'One.' },
    { id: 'm3', type: 'user' as const, text: 'Second\nline' },
    { id: 'm4', type: 'bot' as const, text: 'Two.' },
  ],
}

async function open(props: ChatWindowProps = {}) {
  const kit = createTestKit({ conversations: [SEED, { id: 'c2' }], reply: 'Yes.' })
  const user = userEvent.setup()
  const view = render(<ChatWindow conversationId="c1" {...props} />, { wrapper: kit.wrapper })
  await screen.findByText('Two.', {}, LONG)
  const field = screen.queryByRole<HTMLTextAreaElement>('textbox')!
  const said: string[] = []
  const status = document.querySelector('[data-ck="status"]')!
  new MutationObserver(() => status.textContent && said.push(status.textContent)).observe(status, {
    subtree: true,
    childList: true,
    characterData: true,
  })
  const write = (value: string) => fireEvent.change(field, { target: { value } })
  return { ...kit, user, view, field, said, write }
}

describe('what was said before', () => {
  test('comes back into an empty field with the arrow up, the newest first, and goes again', async () => {
    const { user, field } = await open()
    await user.click(field)
    await user.keyboard('{ArrowUp}')
    await waitFor(() => expect(field.value).toBe('Second\nline'), LONG)
    await user.keyboard('{ArrowUp}')
    expect(field.value).toBe('First')
    await user.keyboard('{ArrowUp}')
    expect(field.value).toBe('First')
    await user.keyboard('{ArrowDown}')
    expect(field.value).toBe('Second\nline')
    await user.keyboard('{ArrowDown}')
    expect(field.value).toBe('')
  })

  test('is left with Escape, which then closes nothing around the chat', async () => {
    const { user, field, write } = await open()
    const outside = vi.fn<(event: KeyboardEvent) => void>()
    document.body.addEventListener('keydown', outside)
    write('  ')
    await user.click(field)
    await user.keyboard('{ArrowUp}')
    await waitFor(() => expect(field.value).toBe('Second\nline'), LONG)
    outside.mockClear()
    await user.keyboard('{Escape}')
    // What was in the field before.
    expect(field.value).toBe('  ')
    expect(outside.mock.calls.every(([event]) => event.defaultPrevented)).toBe(true)
    document.body.removeEventListener('keydown', outside)
  })

  test('is a text like any other once it was changed, and is never taken for a draft', async () => {
    const { user, field, server } = await open()
    await user.type(field, 'A draft')
    await user.keyboard('{ArrowUp}')
    expect(field.value).toBe('A draft')
    await user.clear(field)
    await user.keyboard('{ArrowUp}')
    await waitFor(() => expect(field.value).toBe('Second\nline'), LONG)
    await user.keyboard('!{ArrowUp}{ArrowDown}{Escape}')
    expect(field.value).toBe('Second\nline!')
    await user.keyboard('{Enter}')
    await waitFor(() => expect(count(server, 'conversation.complete')).toBe(1), LONG)
    await waitFor(() => expect(field.value).toBe(''), LONG)
    await user.keyboard('{ArrowUp}')
    await waitFor(() => expect(field.value).toBe('Second\nline!'), LONG)
  })

  test('leaves the arrows to the text while the caret is inside of it, and to an input method', async () => {
    const { user, field } = await open()
    await user.click(field)
    await user.keyboard('{ArrowUp}')
    await waitFor(() => expect(field.value).toBe('Second\nline'), LONG)
    field.setSelectionRange(2, 2)
    await user.keyboard('{ArrowUp}')
    expect(field.value).toBe('Second\nline')
    field.setSelectionRange(11, 11)
    fireEvent.keyDown(field, { key: 'ArrowUp', keyCode: 229 })
    fireEvent.keyDown(field, { key: 'ArrowUp', shiftKey: true })
    expect(field.value).toBe('Second\nline')
  })

  test('of one conversation is never seen in another', async () => {
    const { user, field, view } = await open()
    await user.click(field)
    await user.keyboard('{ArrowUp}')
    await waitFor(() => expect(field.value).toBe('Second\nline'), LONG)
    view.rerender(<ChatWindow conversationId="c2" />)
    expect(field.value).toBe('')
    await user.keyboard('{ArrowUp}{ArrowUp}')
    expect(field.value).toBe('')
  })
})

describe('a limit', () => {
  test('is counted down near its end, as the server counts, and told at thresholds only', async () => {
    const { field, write, said } = await open({ maxLength: 100 })
    write(`  ${'x'.repeat(79)}  `)
    expect(field.getAttribute('aria-describedby')).toBeNull()
    for (let length = 80; length <= 103; length += 1) {
      write('x'.repeat(length))
      // oxlint-disable-next-line no-await-in-loop -- one key after the other
      await screen.findByText(
        length > 100
          ? `${length - 100} character${length === 101 ? '' : 's'} too many`
          : `${100 - length} character${length === 99 ? '' : 's'} left`,
        { selector: '.ck-hint' },
        LONG,
      )
    }
    expect(said).toEqual(['20 characters left', '10 characters left', '0 characters left', '1 character too many'])
    // A face is two of the units that the protocol counts.
    write('😀'.repeat(45))
    expect(document.querySelector('.ck-hint')!.textContent).toBe('10 characters left')
  })

  test('that is passed keeps every letter, says why nothing can be sent, and sends nothing', async () => {
    const { user, field, write, server } = await open({ maxLength: 10 })
    write('x'.repeat(12))
    await screen.findByText('2 characters too many', { selector: '.ck-hint' }, LONG)
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Send' }).disabled).toBe(true)
    expect(field.getAttribute('aria-invalid')).toBe('true')
    expect(document.getElementById(field.getAttribute('aria-describedby')!)!.textContent).toBe('2 characters too many')
    await user.type(field, '{Enter}')
    fireEvent.submit(field.closest('form')!)
    expect(field.value).toBe('x'.repeat(12))
    expect(count(server, 'conversation.complete')).toBe(0)
    await user.type(field, '{Backspace}{Backspace}{Enter}')
    await waitFor(() => expect(count(server, 'conversation.complete')).toBe(1), LONG)
    expect(field.getAttribute('aria-invalid')).toBeNull()
  })

  test('is described beside what the page describes the field by', async () => {
    const { wrapper } = createTestKit()
    render(
      <Chat.Root chat={chatAt()}>
        <Chat.Composer maxLength={5}>
          <Chat.Input aria-describedby="mine" />
          <Chat.Hint id="left" />
        </Chat.Composer>
      </Chat.Root>,
      { wrapper },
    )
    const field = screen.getByRole('textbox')
    fireEvent.change(field, { target: { value: 'four' } })
    await screen.findByText('1 character left', {}, LONG)
    expect(field.getAttribute('aria-describedby')).toBe('mine left')
    fireEvent.change(field, { target: { value: 'one' } })
    await waitFor(() => expect(field.getAttribute('aria-describedby')).toBe('mine'), LONG)
  })
})

describe('without a network', () => {
  afterEach(() => {
    vi.restoreAllMocks()
    act(() => void window.dispatchEvent(new Event('online')))
  })

  test('the composer says what becomes of what is sent, and takes it back when there is one', async () => {
    const { user, field, said, server } = await open()
    const online = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
    act(() => void window.dispatchEvent(new Event('offline')))
    expect(await screen.findByText(/^You are offline\./, { selector: '.ck-hint' }, LONG)).toBeTruthy()
    expect(said).toEqual(['You are offline. What you send waits until the network is back.'])
    await user.type(field, 'Later{Enter}')
    expect(await screen.findByText('Will be sent', {}, LONG)).toBeTruthy()
    expect(count(server, 'conversation.complete')).toBe(0)
    online.mockReturnValue(true)
    act(() => void window.dispatchEvent(new Event('online')))
    await waitFor(() => expect(document.querySelector('.ck-hint')).toBeNull(), LONG)
    await waitFor(() => expect(count(server, 'conversation.complete')).toBe(1), LONG)
  })
})

describe('a chat that', () => {
  test('can be read only has a sentence in the place of the composer, and nothing that says something', async () => {
    await open({ readOnly: true, suggestions: ['Why?'] })
    expect(screen.getByText('Nothing more can be written in this conversation.')).toBeTruthy()
    for (const name of ['Send', 'Answer again', 'Edit', 'Why?'])
      expect(screen.queryByRole('button', { name })).toBeNull()
    expect(screen.queryByRole('textbox')).toBeNull()
  })

  test('is closed for a while takes no letter, and has its draft when it is open again', async () => {
    const { user, field, view } = await open()
    await user.type(field, 'Half')
    view.rerender(<ChatWindow conversationId="c1" disabled />)
    expect(field.disabled).toBe(true)
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Send' }).disabled).toBe(true)
    view.rerender(<ChatWindow conversationId="c1" />)
    expect(field.value).toBe('Half')
    expect(field.disabled).toBe(false)
  })

  test('leaves Enter to lines sends with Ctrl and Enter', async () => {
    const { user, field, server } = await open({ submitKey: 'mod+enter' })
    await user.type(field, 'One{Enter}two')
    expect(count(server, 'conversation.complete')).toBe(0)
    await user.keyboard('{Control>}{Enter}{/Control}')
    await waitFor(() => expect(count(server, 'conversation.complete')).toBe(1), LONG)
    expect(server.requests.findLast(({ operation }) => operation === 'conversation.complete')!.body.text).toBe(
      'One\ntwo',
    )
  })
})

describe('on a touch screen', () => {
  afterEach(() => void vi.restoreAllMocks())

  test.each([
    [undefined, 0],
    ['enter' as const, 1],
  ])('Enter begins a line, unless the page wants it to send (%s)', async (submitKey, sent) => {
    vi.spyOn(window, 'matchMedia').mockImplementation(
      (query) => ({ matches: query.includes('coarse'), media: query }) as MediaQueryList,
    )
    const { user, field, server } = await open({ submitKey })
    await user.type(field, 'One{Enter}')
    await waitFor(() => expect(count(server, 'conversation.complete')).toBe(sent), LONG)
    expect(field.value).toBe(sent ? '' : 'One\n')
    if (sent === 0) await user.click(screen.getByRole('button', { name: 'Send' }))
    await waitFor(() => expect(count(server, 'conversation.complete')).toBe(1), LONG)
  })
})

test('a session that has ended is told with what to do, and the words are still there', async () => {
  const { user, field, server } = await open()
  server.fail('conversation.complete', { status: 401 })
  await user.type(field, 'Hello?{Enter}')
  expect((await screen.findByRole('alert', {}, LONG)).textContent).toContain('Reload the page to sign in again.')
  expect(screen.getByText('Hello?')).toBeTruthy()
  expect(screen.getByText('Not sent')).toBeTruthy()
})

describe('where a browser gives no field the height of its text', () => {
  const fields = HTMLTextAreaElement.prototype
  afterEach(() => {
    Reflect.deleteProperty(fields, 'style')
    vi.unstubAllGlobals()
    vi.restoreAllMocks()
  })

  test('the composer does it, and asks for nothing that a simulated page may lack', async () => {
    const style = { blockSize: '' }
    Object.defineProperty(fields, 'style', { configurable: true, get: () => style })
    vi.stubGlobal('CSS', undefined)
    vi.spyOn(fields, 'scrollHeight', 'get').mockImplementation(function (this: HTMLTextAreaElement) {
      return 20 * this.value.split('\n').length
    })
    const { write } = await open()
    expect(style.blockSize).toBe('20px')
    write('One\ntwo\nthree')
    expect(style.blockSize).toBe('60px')
  })
})
