import { act, render, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { Chat, exportTranscript } from 'conversation-kit'
import type { ChatMessage } from 'conversation-kit'
import { createTestKit } from 'conversation-kit/testing'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { transcriptFileName } from '../../src/components/Chat/transcript.ts'
import { message } from './support.tsx'

const NOON = Date.UTC(2026, 2, 1, 12, 0)
const said = (text: string, over: Partial<ChatMessage> = {}): ChatMessage =>
  message({ text, parts: [{ type: 'text', text, streaming: false }], createdAt: NOON, ...over })
const user = (text: string, over: Partial<ChatMessage> = {}) => said(text, { role: 'user', type: 'user', ...over })

describe('a transcript in Markdown', () => {
  test('says who said what and when', () => {
    expect(exportTranscript([user('Why?'), said('It **snowed**.')], 'markdown', { title: 'Order\n1043' })).toBe(
      '# Order 1043\n\n## You · 2026-03-01 12:00 UTC\n\nWhy?\n\n## Assistant · 2026-03-01 12:00 UTC\n\nIt **snowed**.\n',
    )
  })

  test('speaks the language of the page', () => {
    const text = exportTranscript([user('Warum?')], 'markdown', { locale: 'de', messages: { you: 'Du' } })
    expect(text).toMatch(/^## Du · 1\. März 2026 um \d\d:\d\d\n\nWarum\?\n$/)
  })

  test('keeps code as it is, and what follows a fence that was left open out of it', () => {
    const whole = 'Run:\n\n```js\nconst a = "# no heading"\n<b>\n```\n\nDone.'
    expect(exportTranscript([said(whole)], 'markdown')).toContain(whole)
    const open = exportTranscript([said('````md\n```\ncut', { status: 'stopped' }), user('Go on')], 'markdown')
    expect(open).toContain('````md\n```\ncut\n````\n\n## You')
    expect(open).toContain('## Assistant · 2026-03-01 12:00 UTC · Stopped')
    expect(exportTranscript([said('~~~\na\n~~~~\nb')], 'markdown').endsWith('~~~\na\n~~~~\nb\n')).toBe(true)
    expect(exportTranscript([said('``` not `a` fence')], 'markdown').endsWith('``` not `a` fence\n')).toBe(true)
  })

  test('lets nobody hide what comes after, nor speak for somebody else', () => {
    const text = exportTranscript([user('<!-- \n## Assistant · now\n<https://a.example>'), said('Yes.')], 'markdown')
    expect(text).toContain('\\<!-- \n\\## Assistant · now\n<https://a.example>')
    expect(text.match(/^## /gm)).toHaveLength(2)
  })

  test('keeps letters of every script and every emoji', () => {
    const text = 'مرحبا 👩‍👩‍👧 \u202Babc\u202C'
    expect(exportTranscript([user(text)], 'markdown')).toContain(text)
  })

  test('leaves out what waits to be sent, and marks what was not', () => {
    const text = exportTranscript([user('a', { status: 'failed' }), user('b', { status: 'queued' })], 'markdown')
    expect(text).toBe('## You · 2026-03-01 12:00 UTC · Not sent\n\na\n')
  })

  test('of nothing is empty, and a time that is none is left out', () => {
    expect(exportTranscript([], 'markdown')).toBe('\n')
    expect(exportTranscript([user('a', { createdAt: Number.NaN })], 'markdown')).toBe('## You\n\na\n')
  })
})

test('a transcript in JSON has what was said, thought, called and spent', () => {
  const answer = said('230.', {
    parts: [
      { type: 'reasoning', text: 'Look.', streaming: false },
      { type: 'tool', name: 'readOven', args: { zone: 1 }, result: { celsius: 230n }, state: 'done' },
      { type: 'text', text: '230.', streaming: false },
    ],
    usage: { token: 7 },
  })
  expect(JSON.parse(exportTranscript([user('How hot?'), answer], 'json', { title: 'Oven' }))).toEqual({
    title: 'Oven',
    messages: [
      { id: 'm1', role: 'user', name: 'You', createdAt: '2026-03-01T12:00:00.000Z', status: 'sent', text: 'How hot?' },
      {
        id: 'm1',
        role: 'assistant',
        name: 'Assistant',
        createdAt: '2026-03-01T12:00:00.000Z',
        status: 'sent',
        text: '230.',
        reasoning: 'Look.',
        tools: [{ name: 'readOven', args: { zone: 1 }, result: { celsius: '230' }, state: 'done' }],
        usage: { token: 7 },
      },
    ],
  })
})

describe('the name of the file', () => {
  test.each([
    ['Sourdough 🍞', 'Sourdough 🍞.md'],
    ['خبز البيت', 'خبز البيت.md'],
    ['a/b\\c:d*?"<>|', 'a-b-c-d.md'],
    ['../../etc/passwd', 'etc-passwd.md'],
    ['gpj.\u202Eexe', 'gpj. exe.md'],
    ['con', '_con.md'],
    [' \n\t', 'chat.md'],
    ['.hidden', 'hidden.md'],
  ])('of %j is %j', (title, name) => {
    expect(transcriptFileName(title, 'markdown')).toBe(name)
  })

  test('is short enough for every system, and not cut inside of a letter', () => {
    const family = '👨‍👩‍👧‍👦'
    const name = transcriptFileName(family.repeat(50), 'json')
    expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(255)
    expect(name).toBe(`${family.repeat(8)}.json`)
  })
})

describe('the button', () => {
  afterEach(() => vi.restoreAllMocks())

  /** What the browser is given to save. */
  function catchFile() {
    const files: { name: string; blob: Blob }[] = []
    let blob: Blob | undefined
    vi.spyOn(URL, 'createObjectURL').mockImplementation((object) => {
      blob = object as Blob
      return 'blob:test'
    })
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function click(this: HTMLAnchorElement) {
      files.push({ name: this.download, blob: blob! })
    })
    return files
  }
  const messages = Array.from({ length: 230 }, (_, index) => ({
    type: index % 2 ? ('bot' as const) : ('user' as const),
    text: `Message ${index}.`,
  }))
  const chat = (props = {}) => (
    <Chat.Root conversationId="c1">
      <Chat.Export title="Bread 🍞" {...props} />
      <Chat.Messages />
      <Chat.ErrorMessage />
    </Chat.Root>
  )

  test('gives the whole talk, also what was not read yet', async () => {
    const files = catchFile()
    const { wrapper } = createTestKit({ conversations: [{ id: 'c1', messages }] })
    render(chat(), { wrapper })
    await screen.findByText('Message 229.')
    expect(screen.queryByText('Message 0.')).toBeNull()
    await userEvent.click(screen.getByRole('button', { name: 'Export' }))
    await waitFor(() => expect(files).toHaveLength(1))
    expect(files[0]!.name).toBe('Bread 🍞.md')
    const text = await files[0]!.blob.text()
    expect(text.match(/^Message \d+\.$/gm)).toEqual(messages.map(({ text }) => text))
    expect(screen.getByRole('button', { name: 'Export' }).getAttribute('aria-busy')).toBe('false')
  })

  test('gives JSON where that is wanted, under its own words', async () => {
    const files = catchFile()
    const { wrapper } = createTestKit({ conversations: [{ id: 'c1', messages: messages.slice(0, 2) }] })
    render(chat({ format: 'json', children: 'JSON' }), { wrapper })
    await screen.findByText('Message 1.')
    await userEvent.click(screen.getByRole('button', { name: 'JSON' }))
    await waitFor(() => expect(files).toHaveLength(1))
    expect(files[0]!.name).toBe('Bread 🍞.json')
    expect(JSON.parse(await files[0]!.blob.text())).toMatchObject({
      title: 'Bread 🍞',
      messages: [{ role: 'user' }, {}],
    })
  })

  test('does not give half a talk as a whole one', async () => {
    const files = catchFile()
    const { wrapper, server } = createTestKit({ conversations: [{ id: 'c1', messages }] })
    render(chat(), { wrapper })
    await screen.findByText('Message 229.')
    server.fail('message.list', { status: 500, times: 99 })
    const button = screen.getByRole('button', { name: 'Export' })
    await userEvent.click(button)
    await screen.findByRole('alert')
    await waitFor(() => expect(button.getAttribute('aria-busy')).toBe('false'))
    await act(async () => {})
    expect(files).toEqual([])
  })
})
