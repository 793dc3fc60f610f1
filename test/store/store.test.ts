import { describe, expect, test } from 'vitest'
import { createChatStore } from 'conversation-kit'

function memory(): Storage {
  const items = new Map<string, string>()
  return {
    get length() {
      return items.size
    },
    clear: () => items.clear(),
    getItem: (key) => items.get(key) ?? null,
    key: (index) => [...items.keys()][index] ?? null,
    removeItem: (key) => void items.delete(key),
    setItem: (key, value) => void items.set(key, value),
  }
}

describe('the store', () => {
  test('opening the panel marks everything read', () => {
    const store = createChatStore()
    store.setState(({ panel }) => ({ panel: { ...panel, unread: 3 } }))
    store.getState().actions.setOpen(true)
    expect(store.getState().panel).toMatchObject({ open: true, unread: 0 })
  })

  test('an empty draft leaves nothing behind', () => {
    const { actions } = createChatStore().getState()
    const store = createChatStore()
    store.getState().actions.setDraft('a', 'x')
    store.getState().actions.setDraft('a', '')
    expect(store.getState().drafts).toEqual({})
    expect(actions).not.toBe(store.getState().actions)
  })

  test('keeps drafts and the panel across a reload when it is told to, and nothing of what was said', () => {
    const storage = memory()
    const store = createChatStore({ persist: { name: 'chat', storage } })
    store.getState().actions.setDraft('c1', 'Half a thought')
    store.getState().actions.setOpen(true)
    store.setState({ shown: { m1: { key: 'k', id: 'm1' } } })
    const again = createChatStore({ persist: { name: 'chat', storage } })
    expect(again.getState()).toMatchObject({
      drafts: { c1: 'Half a thought' },
      panel: { open: true },
      shown: {},
      live: {},
    })
    again.getState().actions.setDraft('c1', 'More')
    expect(JSON.parse(storage.getItem('chat')!)).toEqual({
      drafts: { c1: 'More' },
      panel: { open: true, activeConversationId: null },
    })
  })

  test('what somebody else left in the storage does no harm', () => {
    const storage = memory()
    for (const left of [
      '{"drafts":{"a":5,"b":"x"},"panel":"no"}',
      '{"drafts":null,"panel":null}',
      'null',
      'nonsense',
    ]) {
      storage.setItem('chat', left)
      const store = createChatStore({ persist: { name: 'chat', storage } })
      expect(store.getState().panel).toEqual({ open: false, unread: 0, activeConversationId: null })
      expect(Object.values(store.getState().drafts).every((draft) => typeof draft === 'string')).toBe(true)
    }
  })

  test('a storage that is full costs the memory, not the chat', () => {
    const full = memory()
    full.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError')
    }
    const store = createChatStore({ persist: { name: 'chat', storage: full } })
    store.getState().actions.setDraft('c1', 'Still here')
    expect(store.getState().drafts).toEqual({ c1: 'Still here' })
  })
})
