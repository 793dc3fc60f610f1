import { act, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { Chat, ConversationList, VoteButtons } from 'conversation-kit'
import { ConversationError } from 'conversation-kit/transport'
import { createTestKit } from 'conversation-kit/testing'
import { createRef } from 'react'
import type { ComponentType, ReactElement, RefAttributes } from 'react'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { chatAt, message } from './support.tsx'

/** What every part takes, whatever its element and state. */
type AnyPart = ComponentType<Record<string, unknown> & RefAttributes<HTMLElement>>

interface Case {
  part: unknown
  /** Its name in `data-ck`. */
  name: string
  tag: string
  props?: Record<string, unknown>
  /** Where it belongs. */
  inside: (part: ReactElement) => ReactElement
  /** Brings the chat into the state in which it is seen. */
  prepare?: () => void | Promise<void>
  /** Whether it stands on its own. */
  alone?: boolean
}

const root = (over = {}) =>
  function InRoot(part: ReactElement) {
    return <Chat.Root chat={chatAt(over)}>{part}</Chat.Root>
  }
const inMessage = (part: ReactElement) =>
  root()(<Chat.Messages>{() => <Chat.Message message={message()}>{part}</Chat.Message>}</Chat.Messages>)
const inComposer = (over = {}) =>
  function InComposer(part: ReactElement) {
    return root(over)(<Chat.Composer>{part}</Chat.Composer>)
  }
const failed = { status: 'error', error: new ConversationError({ code: 'NETWORK', message: 'No connection.' }) }
const leaveTheEnd = () => {
  const log = screen.getByRole('log')
  Object.defineProperty(log, 'scrollHeight', { value: 1000 })
  for (const top of [200, 100]) {
    log.scrollTop = top
    act(() => void fireEvent.scroll(log))
  }
}
const besideThePicker = (part: ReactElement) =>
  inComposer()(
    <>
      {part}
      <Chat.Attach data-ck="other" />
    </>,
  )
const pickAFile = async () => {
  const picker = await waitFor(() => document.querySelector('[data-ck="file-input"]')!)
  await waitFor(() => expect(document.querySelector<HTMLButtonElement>('[data-ck="other"]')?.disabled).toBe(false))
  fireEvent.change(picker, { target: { files: [new File(['bytes'], 'notes.txt', { type: 'text/plain' })] } })
}

// The page in these tests has no voice.
beforeAll(() => void vi.stubGlobal('speechSynthesis', {}))
afterAll(() => void vi.unstubAllGlobals())

const CASES: Record<string, Case> = {
  Root: {
    part: Chat.Root,
    name: 'root',
    tag: 'SECTION',
    props: { chat: chatAt() },
    inside: (part) => part,
    alone: true,
  },
  Header: { part: Chat.Header, name: 'header', tag: 'HEADER', inside: root() },
  Title: { part: Chat.Title, name: 'title', tag: 'H2', inside: root() },
  Viewport: { part: Chat.Viewport, name: 'viewport', tag: 'DIV', inside: root() },
  Empty: { part: Chat.Empty, name: 'empty', tag: 'DIV', inside: root({ conversationId: 'c9', threadId: 'c9' }) },
  Loading: {
    part: Chat.Loading,
    name: 'loading',
    tag: 'DIV',
    inside: root({ conversationId: 'c9', threadId: 'c9', isLoadingHistory: true }),
  },
  LoadOlder: { part: Chat.LoadOlder, name: 'load-older', tag: 'BUTTON', inside: root({ hasOlder: true }) },
  Suggestions: {
    part: Chat.Suggestions,
    name: 'suggestions',
    tag: 'DIV',
    props: { prompts: ['Why?'] },
    inside: root(),
  },
  Message: {
    part: Chat.Message,
    name: 'message',
    tag: 'ARTICLE',
    props: { message: message() },
    inside: root(),
    alone: true,
  },
  Bubble: { part: Chat.Bubble, name: 'bubble', tag: 'DIV', inside: inMessage },
  Avatar: { part: Chat.Avatar, name: 'avatar', tag: 'DIV', inside: inMessage },
  Actions: { part: Chat.Actions, name: 'actions', tag: 'DIV', inside: inMessage },
  Copy: { part: Chat.Copy, name: 'copy', tag: 'BUTTON', inside: inMessage },
  Edit: {
    part: Chat.Edit,
    name: 'edit',
    tag: 'BUTTON',
    inside: (part) =>
      root()(
        <Chat.Messages>
          {() => <Chat.Message message={message({ role: 'user', type: 'user' })}>{part}</Chat.Message>}
        </Chat.Messages>,
      ),
  },
  Time: { part: Chat.Time, name: 'time', tag: 'TIME', inside: inMessage },
  Day: { part: Chat.Day, name: 'day', tag: 'TIME', inside: inMessage },
  Usage: {
    part: Chat.Usage,
    name: 'usage',
    tag: 'SPAN',
    inside: (part) => root()(<Chat.Message message={message({ usage: { token: 7 } })}>{part}</Chat.Message>),
  },
  Export: { part: Chat.Export, name: 'export', tag: 'BUTTON', inside: root() },
  Speak: { part: Chat.Speak, name: 'speak', tag: 'BUTTON', inside: inMessage },
  Regenerate: { part: Chat.Regenerate, name: 'regenerate', tag: 'BUTTON', inside: inMessage },
  Votes: { part: Chat.Votes, name: 'votes', tag: 'DIV', inside: inMessage },
  Status: { part: Chat.Status, name: 'status', tag: 'DIV', inside: root() },
  JumpToLatest: {
    part: Chat.JumpToLatest,
    name: 'jump',
    tag: 'BUTTON',
    inside: (part) =>
      root()(
        <>
          <Chat.Viewport />
          {part}
        </>,
      ),
    prepare: leaveTheEnd,
  },
  ErrorMessage: { part: Chat.ErrorMessage, name: 'error', tag: 'DIV', inside: root(failed) },
  Composer: { part: Chat.Composer, name: 'composer', tag: 'FORM', inside: root() },
  Input: { part: Chat.Input, name: 'input', tag: 'TEXTAREA', inside: inComposer() },
  Hint: {
    part: Chat.Hint,
    name: 'hint',
    tag: 'P',
    inside: (part) =>
      root()(
        <Chat.Composer maxLength={4}>
          <Chat.Input />
          {part}
        </Chat.Composer>,
      ),
    prepare: () => void fireEvent.change(screen.getByRole('textbox'), { target: { value: 'four' } }),
  },
  Attach: { part: Chat.Attach, name: 'attach', tag: 'BUTTON', inside: inComposer() },
  Attachments: { part: Chat.Attachments, name: 'attachments', tag: 'UL', inside: besideThePicker, prepare: pickAFile },
  Files: {
    part: Chat.Files,
    name: 'files',
    tag: 'UL',
    inside: (part) =>
      root({ conversationId: 'c2', threadId: 'c2' })(
        <Chat.Message message={message({ key: 'm2', id: 'm2', role: 'user', type: 'user' })}>{part}</Chat.Message>,
      ),
  },
  Send: { part: Chat.Send, name: 'send', tag: 'BUTTON', inside: inComposer() },
  Stop: { part: Chat.Stop, name: 'stop', tag: 'BUTTON', inside: inComposer({ status: 'streaming', phase: 'typing' }) },
  VoteButtons: {
    part: VoteButtons,
    name: 'votes',
    tag: 'DIV',
    props: { conversationId: 'c1' },
    inside: (part) => part,
    alone: true,
  },
  ConversationList: { part: ConversationList, name: 'conversations', tag: 'NAV', inside: (part) => part, alone: true },
}

const upload = {
  type: 'response',
  function: { name: 'uploadAttachment', result: { id: 'f1', name: 'notes.txt', type: 'text/plain' } },
}
const seeds = {
  conversations: [
    { id: 'c1', messages: [{ id: 'm1', type: 'bot' as const, text: 'Hello.' }] },
    {
      id: 'c2',
      messages: [
        { id: 'a1', type: 'activity' as const, text: '', meta: { activity: upload } },
        { id: 'm2', type: 'user' as const, text: 'Read this.' },
      ],
    },
  ],
}

/** Renders a part where it belongs and gives back its element. */
async function show({ part, name, props, inside, prepare }: Case, extra: Record<string, unknown> = {}) {
  const { wrapper, client, queryClient } = createTestKit(seeds)
  for (const { id } of seeds.conversations) {
    const { items } = await client.message.list(id, { order: 'desc' })
    queryClient.setQueryData(['conversation-kit', 'default', 'detail', id, 'messages'], {
      pages: [{ items }],
      pageParams: [undefined],
    })
  }
  const Part = part as AnyPart
  render(inside(<Part {...props} {...extra} />), { wrapper })
  await prepare?.()
  // Some are downloaded when they are first shown.
  return waitFor(() => {
    const element = document.querySelector<HTMLElement>(`[data-ck="${name}"]`)
    if (!element) throw new Error(`Nothing with data-ck="${name}" was rendered.`)
    return element
  })
}

test('every part is tried', () => {
  const withoutElement = ['Messages', 'Parts']
  expect(Object.keys(Chat).toSorted()).toEqual(
    [...Object.keys(CASES).filter((name) => name in Chat), ...withoutElement].toSorted(),
  )
})

describe.each(Object.entries(CASES))('Chat.%s', (label, part) => {
  test('is its own element, with its class', async () => {
    const element = await show(part)
    expect(element.tagName).toBe(part.tag)
    expect(element).toHaveProperty('className', `ck-${part.name}`)
  })

  test('hands its element to a ref, of either kind', async () => {
    const object = createRef<HTMLElement>()
    const element = await show(part, { ref: object })
    expect(object.current).toBe(element)
  })

  test('hands its element to a ref that is a function', async () => {
    const ref = vi.fn<(element: HTMLElement | null) => void>()
    const element = await show(part, { ref })
    expect(ref).toHaveBeenLastCalledWith(element)
  })

  test('adds a class, given or made from its state', async () => {
    expect([...(await show(part, { className: 'mine' })).classList]).toEqual([`ck-${part.name}`, 'mine'])
  })

  test('gives its state to functions for class and style', async () => {
    const className = vi.fn<(state: object) => string>(() => 'made')
    const element = await show(part, { className, style: () => ({ order: 3 }) })
    expect(element.classList.contains('made')).toBe(true)
    expect(element.style.order).toBe('3')
    expect(className.mock.lastCall?.[0]).toBeTypeOf('object')
  })

  test('takes a style and attributes it does not know', async () => {
    const element = await show(part, { style: { order: 2 }, 'data-mine': 'yes', id: 'mine' })
    expect(element.style.order).toBe('2')
    expect(element.dataset.mine).toBe('yes')
    expect(element.id).toBe('mine')
  })

  test('becomes another element with render, with all it has', async () => {
    const own = createRef<HTMLElement>()
    const ref = createRef<HTMLElement>()
    const element = await show(part, { render: <aside ref={own} className="other" />, ref, className: 'mine' })
    expect(element.tagName).toBe('ASIDE')
    expect([...element.classList].sort()).toEqual([`ck-${part.name}`, 'mine', 'other'].sort())
    expect(own.current).toBe(element)
    expect(ref.current).toBe(element)
  })

  test('becomes what a function of props and state makes of it', async () => {
    const element = await show(part, {
      render: (props: object, state: object) => <aside {...props} data-state={Object.keys(state).length} />,
    })
    expect(element.tagName).toBe('ASIDE')
    expect(Number(element.dataset.state)).toBeGreaterThan(0)
  })

  test.skipIf(part.alone)('says where it belongs when it stands elsewhere', () => {
    const { wrapper } = createTestKit()
    const Part = part.part as AnyPart
    const silence = vi.spyOn(console, 'error').mockImplementation(() => {})
    expect(() => render(<Part {...part.props} />, { wrapper })).toThrow(
      new RegExp(`^Chat\\.${label}: no <Chat\\.(Root|Message|Composer)> above\\. Put it inside `),
    )
    silence.mockRestore()
  })
})

test('a handler of the user runs first, and may keep ours from running', async () => {
  const stop = vi.fn<() => void>()
  const part = { ...CASES.Stop!, inside: inComposer({ status: 'streaming', stop }) }
  fireEvent.click(await show(part, { onClick: (event: Event) => event.preventDefault() }))
  expect(stop).not.toHaveBeenCalled()
  document.body.replaceChildren()
  fireEvent.click(await show(part, { onClick: () => {} }))
  expect(stop).toHaveBeenCalledOnce()
})
