import { act, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { ChatWindow } from 'conversation-kit'
import type { ChatWindowProps } from 'conversation-kit'
import { createTestKit } from 'conversation-kit/testing'
import type { TestKitOptions } from 'conversation-kit/testing'
import type { UploadOptions } from 'conversation-kit/transport'
import { describe, expect, test } from 'vitest'
import { count, deferred } from '../hooks/support.ts'
import './support.tsx'

const LONG = { timeout: 10_000 }
const file = (name: string, text = 'bytes', type = 'text/plain') => new File([text], name, { type })

/** A chat that takes files, whose bytes the test lets through one by one, by the file's name, as a browser tells of them. */
async function open(props: ChatWindowProps = {}, options: TestKitOptions = {}) {
  const kit = createTestKit({ conversations: [{ id: 'c1' }, { id: 'c2' }], reply: 'I have seen it.', ...options })
  const gates = new Map<string, ReturnType<typeof deferred<void>>>()
  const progress = new Map<string, (part: number) => void>()
  const { attachment } = kit.client
  const send = attachment.upload.bind(attachment)
  attachment.upload = async (id, request, given: UploadOptions = {}) => {
    const name = ('name' in request && request.name) || ''
    progress.set(name, (part) => given.onProgress?.({ loaded: part * 100, total: 100 }))
    await gates.get(name)?.promise
    return send(id, request, given)
  }
  const user = userEvent.setup()
  const view = render(<ChatWindow conversationId="c1" attachments {...props} />, { wrapper: kit.wrapper })
  await waitFor(
    () => expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Attach files' }).disabled).toBe(false),
    LONG,
  )
  const field = screen.getByRole<HTMLTextAreaElement>('textbox')
  const picker = () => document.querySelector<HTMLInputElement>('[data-ck="file-input"]')!
  const choose = (...files: File[]) => user.upload(picker(), files)
  const tray = () => screen.getByRole('list', { name: 'Attached files' })
  const items = () => within(tray()).getAllByRole('listitem')
  const hold = (name: string) => {
    const gate = deferred()
    gates.set(name, gate)
    return gate
  }
  const sequence = () =>
    kit.server.requests.map(({ operation }) => operation).filter((operation) => !operation.endsWith('.list'))
  return { ...kit, user, view, field, picker, choose, tray, items, hold, progress, sequence }
}

/** What was said, in the order in which the server has it. */
const stored = (server: ReturnType<typeof createTestKit>['server'], id = 'c1') =>
  (server.snapshot().messages[id] ?? []).map(({ type, text, meta }) => ({
    type,
    text,
    called: meta?.activity?.function?.name as string | undefined,
  }))

describe('files', () => {
  test('are not asked for, nor loaded, where the page does not want them', () => {
    const { wrapper } = createTestKit()
    render(<ChatWindow />, { wrapper })
    expect(screen.queryByRole('button', { name: 'Attach files' })).toBeNull()
    expect(document.querySelector('[type="file"]')).toBeNull()
  })

  test('are shown with name and size, and the server hears nothing of them before the message is sent', async () => {
    const { choose, items, server, user, field, sequence } = await open()
    await choose(file('notes.txt', 'x'.repeat(12_300)), file('b.txt'))
    expect(items().map((item) => item.textContent)).toEqual(['notes.txt12 kB', 'b.txt5 bytes'])
    expect(count(server, 'attachment.upload')).toBe(0)
    await user.click(screen.getByRole('button', { name: 'Remove b.txt' }))
    expect(items()).toHaveLength(1)
    await user.type(field, 'Read this{Enter}')
    expect(await screen.findByText('I have seen it.')).toBeTruthy()
    expect(sequence()).toEqual(['attachment.upload', 'conversation.complete'])
    expect(stored(server)).toMatchObject([
      { type: 'activity', called: 'uploadAttachment' },
      { type: 'activity', called: 'uploadAttachment' },
      { type: 'user', text: 'Read this' },
      { type: 'bot' },
    ])
    expect(screen.queryByRole('list', { name: 'Attached files' })?.closest('form') ?? null).toBeNull()
  })

  test('stand on the message that they went with, and can be saved; also after the page was left', async () => {
    const { choose, user, field, server, view, wrapper, client } = await open()
    await choose(file('notes.txt'))
    await user.type(field, 'Read this{Enter}')
    await screen.findByText('I have seen it.')
    const own = () => screen.getByText('Read this').closest('article')!
    expect(within(own()).getByRole('button', { name: 'Download notes.txt' }).closest('li')!.textContent).toBe(
      'notes.txt5 bytes',
    )
    await waitFor(() => expect(server.snapshot().messages.c1).toHaveLength(4))
    view.unmount()
    const { wrapper: Later } = createTestKit({ client })
    render(<ChatWindow conversationId="c1" attachments />, { wrapper: Later })
    expect(wrapper).not.toBe(Later)
    await waitFor(
      () =>
        expect(within(own()).getByRole('button', { name: 'Download notes.txt' }).closest('li')!.textContent).toBe(
          'notes.txt5 bytes',
        ),
      LONG,
    )
  })

  test('of a new chat go to the conversation that is made for them', async () => {
    const { choose, user, field, server, sequence } = await open({ conversationId: undefined })
    await choose(file('a.txt'))
    expect(sequence()).toEqual([])
    await user.type(field, 'First words{Enter}')
    expect(await screen.findByText('I have seen it.')).toBeTruthy()
    expect(sequence()).toEqual(['conversation.create', 'attachment.upload', 'conversation.complete'])
    expect(server.snapshot().conversations).toHaveLength(3)
    expect(field.value).toBe('')
    expect(screen.getByRole('button', { name: 'Download a.txt' })).toBeTruthy()
  })

  test('need some words to go with', async () => {
    const { choose, field, user } = await open()
    await choose(file('a.txt'))
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Send' }).disabled).toBe(true)
    expect(await screen.findByText('Write a few words to go with the files.')).toBeTruthy()
    expect(document.getElementById(field.getAttribute('aria-describedby')!)!.textContent).toContain('few words')
    await user.type(field, 'x')
    expect(field.getAttribute('aria-describedby')).toBeNull()
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Send' }).disabled).toBe(false)
  })

  test('cannot be chosen where nothing is stored', async () => {
    const { wrapper } = createTestKit()
    render(<ChatWindow conversationId={null} attachments />, { wrapper })
    await import('../../src/components/Chat/attachments/AttachButton.tsx')
    await act(() => Promise.resolve())
    expect(screen.queryByRole('button', { name: 'Attach files' })).toBeNull()
  })
})

describe('an upload', () => {
  test('shows how far it is, and holds the message until it has ended', async () => {
    const { choose, user, field, hold, progress, server, items } = await open()
    await choose(file('a.txt'))
    const gate = hold('a.txt')
    await user.type(field, 'Read this{Enter}')
    const bar = await screen.findByRole<HTMLProgressElement>('progressbar', { name: 'a.txt' })
    await waitFor(() => expect(progress.has('a.txt')).toBe(true), LONG)
    act(() => progress.get('a.txt')!(0.4))
    expect(bar.value).toBe(0.4)
    expect(field.value).toBe('Read this')
    expect(field.readOnly).toBe(true)
    expect(document.activeElement).toBe(field)
    expect(screen.queryByRole('button', { name: 'Send' })).toBeNull()
    expect(items()).toHaveLength(1)
    expect(count(server, 'conversation.complete')).toBe(0)
    gate.resolve()
    expect(await screen.findByText('I have seen it.')).toBeTruthy()
    expect(field.value).toBe('')
    expect(field.readOnly).toBe(false)
  })

  test('that is called off gives the words back, and is done again with the next try', async () => {
    const { choose, user, field, hold, server, items } = await open()
    await choose(file('a.txt'))
    const gate = hold('a.txt')
    await user.type(field, 'Read this{Enter}')
    await screen.findByRole('progressbar')
    await user.click(screen.getByRole('button', { name: 'Take back' }))
    expect(field.readOnly).toBe(false)
    expect(field.value).toBe('Read this')
    expect(document.activeElement).toBe(field)
    expect(items()[0]!.textContent).toContain('Stopped')
    gate.resolve()
    await user.type(field, '!{Enter}')
    expect(await screen.findByText('I have seen it.')).toBeTruthy()
    expect(stored(server).map(({ text }) => text)).toContain('Read this!')
    expect(count(server, 'conversation.complete')).toBe(1)
  })

  test('of one file can be stopped: the message waits for what its writer wants', async () => {
    const { choose, user, field, hold, server, items } = await open()
    await choose(file('a.txt'), file('b.txt'))
    const gate = hold('b.txt')
    await user.type(field, 'Read these{Enter}')
    await screen.findByText('Uploaded')
    await user.click(screen.getByRole('button', { name: 'Stop uploading b.txt' }))
    await waitFor(() => expect(field.readOnly).toBe(false), LONG)
    expect(items().map((item) => item.textContent)).toEqual(['a.txtUploaded', 'b.txtStopped'])
    expect(count(server, 'conversation.complete')).toBe(0)
    gate.resolve()
    await user.click(screen.getByRole('button', { name: 'Remove b.txt' }))
    await user.click(screen.getByRole('button', { name: 'Send' }))
    expect(await screen.findByText('I have seen it.')).toBeTruthy()
    expect(count(server, 'attachment.upload')).toBe(1)
  })

  test('that fails keeps the words and the other files, says why, and goes on with one press', async () => {
    const { choose, user, field, server, items } = await open()
    await choose(file('a.txt'), file('b.txt'))
    server.fail('attachment.upload', { status: 500 })
    await user.type(field, 'Read these{Enter}')
    await waitFor(() => expect(field.readOnly).toBe(false), LONG)
    await screen.findByText('Could not be uploaded', { selector: '.ck-file-note' })
    // Both are on their way at once: either may be the one.
    expect(
      items()
        .map((item) => item.textContent.slice('a.txt'.length))
        .toSorted(),
    ).toEqual(['Could not be uploaded', 'Uploaded'])
    expect(field.value).toBe('Read these')
    expect(count(server, 'conversation.complete')).toBe(0)
    await user.click(screen.getByRole('button', { name: /^Upload .+ again$/ }))
    await waitFor(() => expect(screen.getAllByText('Uploaded')).toHaveLength(2), LONG)
    expect(document.activeElement).toBe(field)
    await user.type(field, '{Enter}')
    expect(await screen.findByText('I have seen it.')).toBeTruthy()
    expect(count(server, 'attachment.upload')).toBe(3)
    expect(screen.getAllByRole('button', { name: /^Download/ })).toHaveLength(2)
  })

  test.each([
    [{ status: 429, code: 'LIMITS_REACHED' }, 'Too large', false],
    [{ status: 413 }, 'Too large', false],
    [{ status: 429, code: 'TOO_MANY_REQUESTS', retryAfter: 7 }, 'Too many messages at once. Try again in 7 s.', true],
    [{ status: 401 }, 'Your session has ended. Reload the page to sign in again.', true],
    [{ status: 503 }, 'Could not be uploaded', true],
  ])('refused with %o says so in words', async (error, words, again) => {
    const { choose, user, field, server } = await open()
    await choose(file('a.txt'))
    server.fail('attachment.upload', error)
    await user.type(field, 'Read this{Enter}')
    expect(await screen.findByText(words, { selector: '.ck-file-note' }, LONG)).toBeTruthy()
    expect(document.querySelector('[data-ck="status"]')!.textContent).toBe(words)
    expect(screen.queryByRole('button', { name: 'Upload a.txt again' }) !== null).toBe(again)
    expect(field.value).toBe('Read this')
  })

  test('without a network says so, and the message goes when it is back', async () => {
    const { choose, user, field, server } = await open()
    await choose(file('a.txt'))
    server.offline()
    await user.type(field, 'Read this{Enter}')
    expect(await screen.findByText(/^No connection/, { selector: '.ck-file-note' }, LONG)).toBeTruthy()
    server.offline(false)
    await user.type(field, '{Enter}')
    expect(await screen.findByText('I have seen it.')).toBeTruthy()
  })

  test('cut in the middle of its bytes can be tried again', async () => {
    const { choose, user, field, client, server } = await open()
    await choose(file('a.txt'))
    const { attachment } = client
    const send = attachment.upload.bind(attachment)
    attachment.upload = async (id, request, given) => {
      // The announcement arrives, the bytes do not.
      const told = { ...given, onProgress: () => server.offline() }
      return send(id, request, told)
    }
    await user.type(field, 'Read this{Enter}')
    expect(await screen.findByText(/^No connection/, { selector: '.ck-file-note' }, LONG)).toBeTruthy()
    attachment.upload = send
    server.offline(false)
    await user.click(screen.getByRole('button', { name: 'Upload a.txt again' }))
    await screen.findByText('Uploaded')
    await user.type(field, '{Enter}')
    expect(await screen.findByText('I have seen it.')).toBeTruthy()
    expect(count(server, 'attachment.upload')).toBe(2)
  })

  test('goes on in its own conversation while another one is shown, and nothing is said in the other', async () => {
    const { choose, user, field, hold, server, view, items } = await open()
    await choose(file('a.txt'))
    const gate = hold('a.txt')
    await user.type(field, 'For one{Enter}')
    await screen.findByRole('progressbar')
    view.rerender(<ChatWindow conversationId="c2" attachments />)
    expect(field.value).toBe('')
    expect(field.readOnly).toBe(false)
    expect(screen.queryByRole('progressbar')).toBeNull()
    gate.resolve()
    await waitFor(() => expect(count(server, 'attachment.upload')).toBe(1), LONG)
    view.rerender(<ChatWindow conversationId="c1" attachments />)
    await screen.findByText('Uploaded')
    expect(items()).toHaveLength(1)
    expect(field.value).toBe('For one')
    expect(count(server, 'conversation.complete')).toBe(0)
    await user.type(field, '{Enter}')
    expect(await screen.findByText('I have seen it.')).toBeTruthy()
    expect(stored(server, 'c2')).toEqual([])
  })

  test('while a reply streams waits in nobody’s way: the message is said when the reply has ended', async () => {
    const { choose, user, field, server } = await open()
    const reply = server.holdReply()
    await user.type(field, 'Why?{Enter}')
    await act(() => reply.token('Because'))
    await screen.findByText('Because')
    await choose(file('a.txt'))
    await user.type(field, 'Read this{Enter}')
    expect(await screen.findByText('Will be sent')).toBeTruthy()
    expect(within(screen.getByText('Read this').closest('article')!).getByText('a.txt')).toBeTruthy()
    await act(() => reply.end())
    expect(await screen.findByText('I have seen it.')).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Download a.txt' })).toBeTruthy()
    expect(screen.getAllByText('Because')).toHaveLength(1)
  })
})

describe('a file that the page does not want', () => {
  const LIMITS = { accept: 'image/*,.pdf', maxSize: 1000, maxFiles: 2 }

  test('is listed with the reason, and the message goes without it', async () => {
    const { items, user, field, server, picker } = await open({ attachments: LIMITS })
    expect(picker().accept).toBe('image/*,.pdf')
    expect(picker().multiple).toBe(true)
    fireEvent.change(picker(), {
      target: {
        files: [
          file('virus.exe', 'x', 'application/x-msdownload'),
          file('large.png', 'x'.repeat(1001), 'image/png'),
          file('one.png', 'x', 'image/png'),
          file('TWO.PDF', 'x', ''),
          file('three.png', 'x', 'image/png'),
        ],
      },
    })
    await waitFor(() => expect(items()).toHaveLength(5))
    expect(items().map((item) => item.querySelector('.ck-file-note')!.textContent)).toEqual([
      'Files of this type cannot be sent',
      'Larger than 1 kB',
      '1 byte',
      '1 byte',
      'Only 2 files at once',
    ])
    expect(document.querySelector('[data-ck="status"]')!.textContent).toBe(
      '2 files attached virus.exe: Files of this type cannot be sent. large.png: Larger than 1 kB. three.png: Only 2 files at once.',
    )
    await user.type(field, 'Look{Enter}')
    expect(await screen.findByText('I have seen it.')).toBeTruthy()
    expect(count(server, 'attachment.upload')).toBe(2)
  })

  test('leaves its place to another one when it is taken away', async () => {
    const { choose, items, user } = await open({ attachments: { maxFiles: 1 } })
    await choose(file('a.txt'))
    await choose(file('b.txt'))
    expect(items()[1]!.textContent).toContain('Only 1 file at once')
    await user.click(screen.getByRole('button', { name: 'Remove a.txt' }))
    expect(items()[0]!.textContent).toBe('b.txt5 bytes')
  })
})
