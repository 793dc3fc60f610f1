import '../../src/styles/index.css'
import { fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { ChatWindow } from 'conversation-kit'
import type { ChatWindowProps } from 'conversation-kit'
import { createTestKit } from 'conversation-kit/testing'
import { expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'

const LONG = { timeout: 10_000 }
const text = (name: string) => new File(['bytes'], name, { type: 'text/plain' })

async function picture(name: string): Promise<File> {
  const canvas = new OffscreenCanvas(8, 8)
  canvas.getContext('2d')!.fillRect(0, 0, 8, 8)
  return new File([await canvas.convertToBlob()], name, { type: 'image/png' })
}

async function open(props: ChatWindowProps = {}) {
  const kit = createTestKit({
    conversations: [{ id: 'c1', messages: [{ type: 'user', text: 'Where is it?' }] }],
    reply: 'I have seen it.',
  })
  render(
    <div style={{ inlineSize: 420, blockSize: 480 }}>
      <ChatWindow conversationId="c1" {...props} />
    </div>,
    { wrapper: kit.wrapper },
  )
  await screen.findByText('Where is it?', {}, LONG)
  const ready = () => !props.attachments || document.querySelector('[data-ck="attach"]:enabled') !== null
  await waitFor(() => expect(ready()).toBe(true), LONG)
  const field = screen.getByRole<HTMLTextAreaElement>('textbox')
  const names = () => [...document.querySelectorAll('.ck-attachment .ck-file-name')].map((each) => each.textContent)
  return { ...kit, field, names }
}

const carry = (...things: (File | string)[]) => {
  const transfer = new DataTransfer()
  for (const thing of things) {
    if (typeof thing === 'string') transfer.items.add(thing, 'text/plain')
    else transfer.items.add(thing)
  }
  return transfer
}
const drag = (type: string, target: Element, dataTransfer: DataTransfer) => {
  const event = new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer })
  target.dispatchEvent(event)
  return event
}
const zone = () => document.querySelector<HTMLElement>('[data-ck="drop"]')

test('files that are dropped onto the chat are attached; over it they are expected, beside it they are not', async () => {
  const { names } = await open({ attachments: true })
  const root = document.querySelector('.ck-root')!
  const [log, message] = [screen.getByRole('log'), screen.getByText('Where is it?')]
  const files = carry(text('a.txt'), await picture('b.png'))
  drag('dragenter', log, files)
  await waitFor(() => expect(zone()).toBeTruthy(), LONG)
  const [over, whole] = [zone()!.getBoundingClientRect(), root.getBoundingClientRect()]
  expect(Math.abs(over.width - whole.width) + Math.abs(over.height - whole.height)).toBeLessThan(6)
  // From one element to another inside of the chat, and back.
  drag('dragenter', message, files)
  drag('dragleave', log, files)
  expect(drag('dragover', message, files).defaultPrevented).toBe(true)
  drag('dragenter', log, files)
  drag('dragleave', message, files)
  expect(zone()).toBeTruthy()
  drag('dragleave', log, files)
  await waitFor(() => expect(zone()).toBeNull(), LONG)
  drag('dragenter', message, files)
  expect(drag('drop', message, files).defaultPrevented).toBe(true)
  await waitFor(() => expect(names()).toEqual(['a.txt', 'b.png']), LONG)
  expect(zone()).toBeNull()
  const image = document.querySelector<HTMLImageElement>('.ck-attachment img')!
  await waitFor(() => expect(image.naturalWidth).toBe(8), LONG)
})

test('a text that is dragged over the chat is none of its business', async () => {
  const { names } = await open({ attachments: true })
  const words = carry('Some words')
  const log = screen.getByRole('log')
  expect(drag('dragenter', log, words).defaultPrevented).toBe(false)
  expect(drag('dragover', log, words).defaultPrevented).toBe(false)
  expect(drag('drop', log, words).defaultPrevented).toBe(false)
  expect(zone()).toBeNull()
  expect(names()).toEqual([])
})

test('a picture that is pasted is attached, a text that is pasted is a text, also when a picture of it comes along', async () => {
  const { field, names } = await open({ attachments: true })
  const paste = (clipboardData: DataTransfer) => {
    const event = new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData })
    field.dispatchEvent(event)
    return event.defaultPrevented
  }
  expect(paste(carry('words'))).toBe(false)
  expect(paste(carry('words', await picture('table.png')))).toBe(false)
  expect(paste(carry(await picture('image.png')))).toBe(true)
  await waitFor(() => expect(names()).toEqual(['image.png']), LONG)
})

test('addresses of pictures are given back when they are not needed any more', async () => {
  const { field, names } = await open({ attachments: true })
  const made = vi.spyOn(URL, 'createObjectURL')
  const revoked = vi.spyOn(URL, 'revokeObjectURL')
  drag('drop', field, carry(await picture('a.png'), await picture('b.png')))
  await waitFor(() => expect(names()).toHaveLength(2), LONG)
  expect(made).toHaveBeenCalledTimes(2)
  for (const name of ['a.png', 'b.png']) fireEvent.click(screen.getByRole('button', { name: `Remove ${name}` }))
  const addresses = made.mock.results.map(({ value }) => value as string)
  await waitFor(() => expect(revoked.mock.calls.map(([url]) => url).toSorted()).toEqual(addresses.toSorted()), LONG)
  vi.restoreAllMocks()
})

test('files are sent with the keyboard alone', async () => {
  const { field, server } = await open({ attachments: true })
  const attach = screen.getByRole('button', { name: 'Attach files' })
  const pressed: string[] = []
  const picker = document.querySelector<HTMLInputElement>('[data-ck="file-input"]')!
  picker.addEventListener('click', (event) => {
    pressed.push('picker')
    event.preventDefault()
  })
  attach.focus()
  await userEvent.keyboard('{Enter}')
  expect(pressed).toEqual(['picker'])
  picker.files = carry(text('a.txt'), text('b.txt')).files
  fireEvent.change(picker)
  await waitFor(() => expect(document.activeElement).toBe(field), LONG)
  // The tray comes before the field, in what is seen and for the keys after the button.
  screen.getByRole('button', { name: 'Remove b.txt' }).focus()
  await userEvent.keyboard('{Enter}')
  await waitFor(() => expect(document.activeElement).toBe(field), LONG)
  await userEvent.keyboard('Read this{Enter}')
  expect(await screen.findByText('I have seen it.', {}, LONG)).toBeTruthy()
  expect(document.activeElement).toBe(field)
  const own = screen.getByText('Read this').closest('article')!
  expect(within(own).getByRole('button', { name: 'Download a.txt' })).toBeTruthy()
  expect(server.requests.filter(({ operation }) => operation === 'attachment.upload')).toHaveLength(1)
})

test('the field grows with its text up to its limit, then scrolls; two hundred thousand letters are no trouble', async () => {
  const { field } = await open()
  const height = () => field.getBoundingClientRect().height
  const [one, max] = [height(), parseFloat(getComputedStyle(field).maxBlockSize)]
  fireEvent.change(field, { target: { value: 'a\nb\nc' } })
  await waitFor(() => expect(height()).toBeGreaterThan(one * 1.5), LONG)
  fireEvent.change(field, { target: { value: 'a\n'.repeat(60) } })
  await waitFor(() => expect(height()).toBeCloseTo(max, 0), LONG)
  expect(field.scrollHeight).toBeGreaterThan(field.clientHeight)
  fireEvent.change(field, { target: { value: '' } })
  await waitFor(() => expect(height()).toBeCloseTo(one, 0), LONG)

  field.focus()
  const times: number[] = []
  const write = async (words: string) => {
    const begun = performance.now()
    document.execCommand('insertText', false, words)
    // What it takes to be laid out belongs to it.
    await new Promise(requestAnimationFrame)
    field.getBoundingClientRect()
    times.push(performance.now() - begun)
  }
  await write('Some words, and more of them. '.repeat(7000))
  await write('x')
  await write('y')
  expect(field.value).toHaveLength(210_002)
  // A machine that has other things to do is no failure; a browser that measures the whole text with every key would be.
  expect(Math.max(...times)).toBeLessThan(5000)
})
