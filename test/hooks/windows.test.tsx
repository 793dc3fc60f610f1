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
  test.each(['Hi', 'Ho'])('both speak at once, %s to Hi: each sees every message once', async (words) => {
    const kit = createTestKit({ conversations: stored })
    const { server } = kit
    const here = await open(kit)
    const there = await open(windowOn(kit))
    const toHere = server.holdReply()
    const fromHere = here.say('Hi')
    await toHere.token('To here')
    const toThere = server.holdReply()
    const fromThere = there.say(words)
    await toThere.token('To there')
    await waitFor(() => expect(there.shown()).toEqual([`user: ${words}`, 'bot: To there']))
    expect(here.shown()).toEqual(['user: Hi', 'bot: To here'])
    const before = { here: here.keys(), there: there.keys() }

    await toThere.end()
    await act(() => fromThere)
    await toHere.end()
    await act(() => fromHere)
    expect(count(server, 'conversation.complete')).toBe(2)
    expect(talk(server, 'a')).toEqual(['user: Hi', `user: ${words}`, 'bot: To there', 'bot: To here'])
    expect(here.shown()).toEqual(talk(server, 'a'))
    for (const window of [here, there]) {
      await act(() => window.queryClient.invalidateQueries())
      await waitFor(() => expect(window.shown()).toEqual(talk(server, 'a')))
      expect(new Set(window.keys()).size).toBe(4)
      expect(window.store.getState().live.a).toBeUndefined()
    }
    expect(here.keys()).toEqual(expect.arrayContaining(before.here))
    expect(there.keys()).toEqual(expect.arrayContaining(before.there))
  })

  test('what is asked in one is there once in the other, which reads the list in the middle of the reply', async () => {
    const kit = createTestKit({ conversations: stored })
    const here = await open(kit)
    const there = await open(windowOn(kit))
    const reply = kit.server.holdReply()
    const sent = here.say('Hi')
    await reply.token('Half')
    await act(() => there.queryClient.invalidateQueries())
    await waitFor(() => expect(there.shown()).toEqual(['user: Hi']))
    await reply.end()
    await act(() => sent)
    await act(() => there.say('And?'))
    expect(there.shown()).toEqual(['user: Hi', 'bot: Half', 'user: And?', 'bot: And?'])
    await act(() => here.say('So'))
    expect(here.shown()).toEqual(talk(kit.server, 'a'))
    expect(here.shown()).toHaveLength(6)
  })

  test('a reply that is stopped here while the other window speaks is there once', async () => {
    const kit = createTestKit({ conversations: stored })
    const here = await open(kit)
    const there = await open(windowOn(kit))
    const reply = kit.server.holdReply()
    const sent = here.say('Hi')
    await reply.token('Half')
    await waitFor(() => expect(here.shown()).toEqual(['user: Hi', 'bot: Half']))
    await act(() => there.say('Ho'))
    act(() => here.chat().stop())
    await act(() => sent)
    await waitFor(() => expect(talk(kit.server, 'a')).toHaveLength(4))
    await waitFor(() => expect(here.store.getState().live.a).toBeUndefined())
    expect(here.shown()).toEqual(talk(kit.server, 'a'))
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

  test('with one cache: both speak at once, and each sees every message once', async () => {
    const kit = createTestKit({ conversations: stored })
    const here = await open(kit)
    const there = await open(createTestKit({ client: kit.client, queryClient: kit.queryClient }))
    const toHere = kit.server.holdReply()
    const fromHere = here.say('Hi')
    await toHere.token('To here')
    const toThere = kit.server.holdReply()
    const fromThere = there.say('Hi')
    await toThere.token('To there')
    const before = [here.keys(), there.keys()]
    await Promise.all([toHere.end(), toThere.end()])
    await act(() => Promise.all([fromHere, fromThere]))
    await waitFor(() => expect(here.store.getState().live.a ?? there.store.getState().live.a).toBeUndefined())
    for (const page of [here, there]) {
      expect(page.shown()).toEqual(talk(kit.server, 'a'))
      expect(new Set(page.keys()).size).toBe(4)
    }
    expect([here.keys(), there.keys()]).toEqual(before.map((keys) => expect.arrayContaining(keys)))
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
