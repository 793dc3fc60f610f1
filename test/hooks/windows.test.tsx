import { QueryClientProvider } from '@tanstack/react-query'
import { act, renderHook, waitFor } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import { useChat, useDeleteConversation } from 'conversation-kit'
import { createTestKit } from 'conversation-kit/testing'
import type { TestKit } from 'conversation-kit/testing'
import { count, operations, rows, talk } from './support.ts'

const stored = [{ id: 'a' }]

/** A second window: a page of its own with the same server behind it. */
const windowOn = ({ client }: TestKit) => createTestKit({ client })

async function open(kit: TestKit) {
  const hook = renderHook(() => ({ chat: useChat({ conversationId: 'a' }), remove: useDeleteConversation() }), {
    wrapper: kit.wrapper,
  })
  const chat = () => hook.result.current.chat
  await waitFor(() => expect(chat().isLoadingHistory).toBe(false))
  const say = (text: string) => {
    let sent!: Promise<unknown>
    act(() => void (sent = chat().sendMessage(text)))
    return sent
  }
  const shown = () => rows(chat().messages)
  const keys = () => chat().messages.map((message) => message.key)
  return { ...kit, chat, say, shown, keys, remove: (id: string) => hook.result.current.remove.mutateAsync(id) }
}

describe('two windows of one conversation', () => {
  test('what is asked in one is there once in the other, which reads the list in the middle of the reply', async () => {
    const kit = createTestKit({ conversations: stored })
    const here = await open(kit)
    const there = await open(windowOn(kit))
    const reply = kit.server.holdReply()
    const sent = here.say('Hi')
    await reply.token('Half')
    await act(() => there.queryClient.invalidateQueries())
    expect(there.shown()).toEqual(['user: Hi'])
    await reply.end()
    await act(() => sent)
    await act(() => there.say('And?'))
    expect(there.shown()).toEqual(['user: Hi', 'bot: Half', 'user: And?', 'bot: And?'])
    await act(() => here.say('So'))
    expect(here.shown()).toEqual(talk(kit.server, 'a'))
    expect(here.shown()).toHaveLength(6)
  })

  test('one deletes it while a reply is under way in the other: the words stay, nothing breaks', async () => {
    const errors: unknown[] = []
    const kit = createTestKit({ conversations: stored, onError: (error) => errors.push(error) })
    const here = await open(kit)
    const there = await open(windowOn(kit))
    const reply = kit.server.holdReply()
    const sent = here.say('Hi').catch((error: unknown) => error)
    await reply.token('Half')
    await waitFor(() => expect(here.shown()).toEqual(['user: Hi', 'bot: Half']))
    await act(() => there.remove('a'))
    await reply.end()
    await act(() => sent)
    expect(here.shown()).toEqual(['user: Hi', 'bot: Half'])
    expect(here.chat().status).not.toBe('streaming')
    await act(() => expect(here.chat().sendMessage('Still there?')).rejects.toMatchObject({ code: 'NOT_FOUND' }))
    expect(here.shown()).toEqual(['user: Hi', 'bot: Half', 'user: Still there?'])
  })
})

describe('two providers in one page', () => {
  test('with one cache: the other one shows a reply once it is stored, and no half of it', async () => {
    const kit = createTestKit({ conversations: stored })
    const Other = createTestKit({ client: kit.client, queryClient: kit.queryClient })
    const here = await open(kit)
    const there = await open({
      ...Other,
      wrapper: ({ children }) => (
        <QueryClientProvider client={kit.queryClient}>
          <Other.wrapper>{children}</Other.wrapper>
        </QueryClientProvider>
      ),
    })
    const reply = kit.server.holdReply()
    const sent = here.say('Hi')
    await reply.token('Half')
    await waitFor(() => expect(here.shown()).toEqual(['user: Hi', 'bot: Half']))
    expect(there.shown()).toEqual([])
    expect(there.chat().status).toBe('ready')
    const keys = here.keys()
    await reply.end()
    await act(() => sent)
    expect(here.shown()).toEqual(['user: Hi', 'bot: Half'])
    expect(here.keys()).toEqual(keys)
    await waitFor(() => expect(there.shown()).toEqual(['user: Hi', 'bot: Half']))
    // One list for both: it was read once at first and once at the end.
    expect(operations(kit.server)).toEqual(['message.list', 'conversation.complete', 'message.list'])
  })
})

describe('deleting a conversation that is on the screen', () => {
  test('ends the reply and asks for nothing over and over', async () => {
    const { server, chat, say, remove, store } = await open(createTestKit({ conversations: [{ id: 'a' }] }))
    const reply = server.holdReply()
    const sent = say('Hi')
    await reply.token('Half')
    await act(() => remove('a'))
    await expect(sent).resolves.toMatchObject({ reason: 'abort' })
    await waitFor(() =>
      expect(server.requests.find((request) => request.operation === 'conversation.complete')!.aborted).toBe(true),
    )
    expect(chat().status).toBe('ready')
    expect(store.getState().live.a).toBeUndefined()
    await waitFor(() => expect(chat().historyError).toMatchObject({ code: 'NOT_FOUND' }))
    const asked = operations(server).length
    await act(() => new Promise((resolve) => setTimeout(resolve, 100)))
    expect(operations(server)).toHaveLength(asked)
    // At first, for the end of the reply, and once to hear that it is gone.
    expect(count(server, 'message.list')).toBeLessThanOrEqual(3)
  })

  test('that the server refuses leaves the reply alone', async () => {
    const { server, say, shown, remove } = await open(createTestKit({ conversations: [{ id: 'a' }] }))
    const reply = server.holdReply()
    const sent = say('Hi')
    await reply.token('Half ')
    server.fail('conversation.delete', { status: 500 })
    await act(() => expect(remove('a')).rejects.toMatchObject({ name: 'ConversationError' }))
    await reply.token('and whole')
    await reply.end()
    await act(() => sent)
    expect(shown()).toEqual(['user: Hi', 'bot: Half and whole'])
    expect(shown()).toEqual(talk(server, 'a'))
  })
})
