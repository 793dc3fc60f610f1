import type { Meta, StoryObj } from '@storybook/react-vite'
import { ChatWindow } from 'conversation-kit'
import { expect, fireEvent, waitFor } from 'storybook/test'
import { order } from '../support/conversations.ts'
import { scene } from '../support/scene.tsx'

const meta: Meta<typeof ChatWindow> = {
  title: 'Basics/Composer',
  component: ChatWindow,
  args: { title: 'Bread', welcome: 'Ask about bread.' },
  parameters: { page: { height: 'min(26rem, calc(100dvh - 2rem))' } },
}
export default meta
type Story = StoryObj<typeof meta>
type Play = NonNullable<Story['play']>
type Context = Parameters<Play>[0]

const field = ({ canvas }: Context) => canvas.getByRole<HTMLTextAreaElement>('textbox')

/** A picture made here, so that a story needs nothing from elsewhere. */
async function picture(name: string, hue: number): Promise<File> {
  const canvas = new OffscreenCanvas(96, 96)
  const context = canvas.getContext('2d')!
  context.fillStyle = `hsl(${hue} 45% 62%)`
  context.fillRect(0, 0, 96, 96)
  context.fillStyle = `hsl(${hue} 55% 32%)`
  context.arc(48, 58, 30, 0, 7)
  context.fill()
  return new File([await canvas.convertToBlob()], name, { type: 'image/png' })
}

const notes = () => new File(['Feed at noon.\n'.repeat(900)], 'Starter diary, spring.txt', { type: 'text/plain' })

async function choose({ canvas, canvasElement }: Context, ...files: File[]) {
  await waitFor(() => expect(canvas.getByRole('button', { name: 'Attach files' })).toBeEnabled())
  const list = new DataTransfer()
  for (const file of files) list.items.add(file)
  const picker = canvasElement.querySelector<HTMLInputElement>('[data-ck="file-input"]')!
  picker.files = list.files
  await fireEvent.change(picker)
  await canvas.findByRole('list', { name: 'Attached files' })
}

export const Empty: Story = { ...scene().story }

export const Draft: Story = {
  ...scene().story,
  play: async (context) => {
    await context.userEvent.type(field(context), 'Line one{Shift>}{Enter}{/Shift}Line two')
    await expect(context.canvas.getByRole('button', { name: 'Send' })).toBeEnabled()
  },
}

export const Long: Story = {
  ...scene().story,
  play: async (context) => {
    await fireEvent.change(field(context), { target: { value: 'A line about bread.\n'.repeat(30).trim() } })
    const box = field(context)
    await waitFor(() => expect(box.scrollHeight).toBeGreaterThan(box.clientHeight))
    await expect(box.clientHeight).toBeLessThan(220)
  },
}

export const NearTheLimit: Story = {
  ...scene().story,
  args: { maxLength: 56 },
  play: async (context) => {
    await context.userEvent.type(field(context), 'Why does my sourdough stay flat, whatever I do?')
    await expect(await context.canvas.findByText('9 characters left')).toBeVisible()
    await expect(context.canvas.getByRole('button', { name: 'Send' })).toBeEnabled()
  },
}

export const OverTheLimit: Story = {
  ...scene().story,
  args: { maxLength: 40 },
  play: async (context) => {
    await context.userEvent.type(field(context), 'Why does my sourdough stay flat, whatever I do?')
    await expect(await context.canvas.findByText('7 characters too many')).toBeVisible()
    await expect(field(context)).toBeInvalid()
    await expect(context.canvas.getByRole('button', { name: 'Send' })).toBeDisabled()
    await expect(field(context).value).toHaveLength(47)
  },
}

const offline = scene({ conversations: [order] })
export const Offline: Story = {
  ...offline.story,
  args: { conversationId: 'order' },
  play: async (context) => {
    const { canvas, userEvent } = context
    await canvas.findByText('Where is my order?')
    const online = Object.getOwnPropertyDescriptor(Navigator.prototype, 'onLine')!
    Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => false })
    window.dispatchEvent(new Event('offline'))
    try {
      await expect(await canvas.findByText(/^You are offline/, { selector: '.ck-hint' })).toBeVisible()
      await userEvent.type(field(context), 'Are you there?{Enter}')
      await expect(await canvas.findByText('Will be sent')).toBeVisible()
    } finally {
      restore = () => {
        Object.defineProperty(navigator, 'onLine', online)
        window.dispatchEvent(new Event('online'))
      }
    }
  },
  beforeEach: () => () => restore(),
}
let restore = () => {}

export const Disabled: Story = { ...scene().story, args: { disabled: true, attachments: true } }

export const ReadOnly: Story = {
  ...scene({ conversations: [order] }).story,
  args: { conversationId: 'order', readOnly: true },
  play: async ({ canvas }) => {
    await canvas.findByText('Where is my order?')
    await expect(canvas.getByText('Nothing more can be written in this conversation.')).toBeVisible()
    await expect(canvas.queryByRole('textbox')).toBeNull()
    await expect(canvas.queryByRole('button', { name: 'Answer again' })).toBeNull()
  },
}

const expired = scene({ conversations: [order] })
export const SessionExpired: Story = {
  ...expired.story,
  args: { conversationId: 'order' },
  play: async (context) => {
    await context.canvas.findByText('Where is my order?')
    expired.server.fail('conversation.complete', { status: 401 })
    await context.userEvent.type(field(context), 'Hello?{Enter}')
    await expect(await context.canvas.findByRole('alert')).toHaveTextContent('Reload the page to sign in again.')
  },
}

export const History: Story = {
  ...scene({ conversations: [order] }).story,
  args: { conversationId: 'order' },
  play: async (context) => {
    await context.canvas.findByText('Where is my order?')
    await context.userEvent.type(field(context), '{ArrowUp}')
    await waitFor(() => expect(field(context)).toHaveValue('Where is my order?'))
    await context.userEvent.keyboard('{Escape}')
    await expect(field(context)).toHaveValue('')
    await context.userEvent.keyboard('{ArrowUp}')
    await expect(field(context)).toHaveValue('Where is my order?')
  },
}

export const Files: Story = {
  ...scene().story,
  args: { attachments: true },
  play: async (context) => {
    await choose(context, await picture('Loaf.png', 28), notes())
    await context.userEvent.type(field(context), 'What went wrong here?')
    await expect(context.canvas.getByRole('button', { name: 'Send' })).toBeEnabled()
  },
}

export const FilesWithoutWords: Story = {
  ...scene().story,
  args: { attachments: true },
  play: async (context) => {
    await choose(context, await picture('Loaf.png', 28))
    await expect(await context.canvas.findByText('Write a few words to go with the files.')).toBeVisible()
    await expect(context.canvas.getByRole('button', { name: 'Send' })).toBeDisabled()
  },
}

export const FilesRefused: Story = {
  ...scene().story,
  args: { attachments: { accept: 'image/*', maxSize: 50_000, maxFiles: 1 } },
  play: async (context) => {
    const large = new File([new Uint8Array(60_000)], 'Crumb, very close.png', { type: 'image/png' })
    await choose(context, await picture('Loaf.png', 28), notes(), large, await picture('Another.png', 140))
    for (const reason of ['Files of this type cannot be sent', 'Larger than 50 kB', 'Only 1 file at once']) {
      await expect(context.canvas.getByText(reason)).toBeInTheDocument()
    }
  },
}

/** Answers to uploads come when the story wants them. */
const slow = scene({ latency: 1_000_000 })
export const Uploading: Story = {
  ...slow.story,
  args: { attachments: true },
  play: async (context) => {
    await choose(context, await picture('Loaf.png', 28), notes())
    await context.userEvent.type(field(context), 'What went wrong here?{Enter}')
    await expect(await context.canvas.findByRole('button', { name: 'Take back' })).toBeVisible()
    await expect(field(context)).toHaveAttribute('readonly')
  },
}

const failing = scene({ conversations: [order] })
export const UploadFailed: Story = {
  ...failing.story,
  args: { attachments: true, conversationId: 'order' },
  play: async (context) => {
    await choose(context, await picture('Loaf.png', 28), notes())
    failing.server.fail('attachment.upload', { status: 500 })
    await context.userEvent.type(field(context), 'What went wrong here?{Enter}')
    await expect(await context.canvas.findByText('Could not be uploaded', { selector: '.ck-file-note' })).toBeVisible()
    await expect(await context.canvas.findByText('Uploaded', { selector: '.ck-file-note' })).toBeVisible()
    await expect(field(context)).toHaveValue('What went wrong here?')
    await expect(context.canvas.getByRole('button', { name: /^Upload .+ again$/ })).toBeVisible()
  },
}

export const FilesSent: Story = {
  ...scene({ reply: 'The loaf has risen too little.' }).story,
  args: { attachments: true },
  play: async (context) => {
    await choose(context, await picture('Loaf.png', 28), notes())
    await context.userEvent.type(field(context), 'What went wrong here?{Enter}')
    await expect(await context.canvas.findByText('The loaf has risen too little.')).toBeVisible()
    await expect(context.canvas.getByRole('button', { name: 'Download Loaf.png' })).toBeVisible()
    await expect(field(context)).toHaveFocus()
  },
}

export const DropZone: Story = {
  ...scene({ conversations: [order] }).story,
  args: { attachments: true, conversationId: 'order' },
  play: async (context) => {
    const { canvas, canvasElement } = context
    await waitFor(() => expect(canvas.getByRole('button', { name: 'Attach files' })).toBeEnabled())
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(notes())
    const message = await canvas.findByText('Where is my order?')
    await fireEvent(message, new DragEvent('dragenter', { bubbles: true, cancelable: true, dataTransfer }))
    await waitFor(() => expect(canvasElement.querySelector('[data-ck="drop"]')).toBeVisible())
  },
}
