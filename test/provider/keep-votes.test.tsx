import { act, renderHook, waitFor } from '@testing-library/react'
import { beforeEach, describe, expect, test } from 'vitest'
import { useVote } from 'conversation-kit'
import { createTestKit } from 'conversation-kit/testing'

const conversations = [{ id: 'c1', messages: [{ id: 'b1', type: 'bot' as const, text: 'Hello' }] }]
const target = { conversationId: 'c1', messageId: 'b1' }

/** A page that is opened anew: another cache and store, the same storage. */
const openPage = (persistVotes = { name: 'votes' }) => createTestKit({ conversations, persistVotes })

async function voteUp({ wrapper }: ReturnType<typeof openPage>) {
  const { result, unmount } = renderHook(() => useVote(target), { wrapper })
  act(() => result.current.upvote())
  await waitFor(() => expect(result.current).toMatchObject({ vote: 'up', isPending: false }))
  unmount()
}

beforeEach(() => localStorage.clear())

describe('votes that are kept', () => {
  test('are known again after a reload, and only where they were cast', async () => {
    await voteUp(openPage())
    const { wrapper } = openPage()
    const { result } = renderHook(() => [useVote(target), useVote({ conversationId: 'c1' })] as const, { wrapper })
    await waitFor(() => expect(result.current[0].vote).toBe('up'))
    expect(result.current[1].vote).toBeNull()
  })

  test('change with the vote', async () => {
    await voteUp(openPage())
    const first = renderHook(() => useVote(target), { wrapper: openPage().wrapper })
    await waitFor(() => expect(first.result.current.vote).toBe('up'))
    act(() => first.result.current.downvote())
    await waitFor(() => expect(first.result.current).toMatchObject({ vote: 'down', isPending: false }))
    first.unmount()
    const again = renderHook(() => useVote(target), { wrapper: openPage().wrapper })
    await waitFor(() => expect(again.result.current.vote).toBe('down'))
  })

  test('do not hold what the server refused', async () => {
    const kit = openPage()
    kit.server.fail('message.upvote', { status: 403 })
    const { result, unmount } = renderHook(() => useVote(target), { wrapper: kit.wrapper })
    act(() => result.current.upvote())
    await waitFor(() => expect(result.current.error).not.toBeNull())
    unmount()
    expect(localStorage.getItem('votes:default') ?? '[]').toBe('[]')
  })

  test('of two tabs are kept together', async () => {
    const tabs = [openPage(), openPage()] as const
    const first = renderHook(() => useVote(target), { wrapper: tabs[0].wrapper })
    const second = renderHook(() => useVote({ conversationId: 'c1' }), { wrapper: tabs[1].wrapper })
    act(() => first.result.current.upvote())
    await waitFor(() => expect(first.result.current.isPending).toBe(false))
    act(() => second.result.current.downvote())
    await waitFor(() => expect(second.result.current.isPending).toBe(false))
    expect(JSON.parse(localStorage.getItem('votes:default')!)).toEqual([
      ['c1', 'b1', 'up'],
      ['c1', '', 'down'],
    ])
  })

  test('survive a storage that holds nonsense', async () => {
    for (const nonsense of ['{', '{"a":1}', '[1,["c1"],["c1","b1","sideways"],null]']) {
      localStorage.setItem('votes:default', nonsense)
      const { result, unmount } = renderHook(() => useVote(target), { wrapper: openPage().wrapper })
      expect(result.current.vote).toBeNull()
      unmount()
    }
  })
})
