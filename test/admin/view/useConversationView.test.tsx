import { act, renderHook } from '@testing-library/react'
import { useConversationView } from 'conversation-kit/admin'
import type { ConversationView, UseConversationViewOptions } from 'conversation-kit/admin'
import { StrictMode } from 'react'
import { renderToString } from 'react-dom/server'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

beforeEach(() => history.replaceState({ theirs: 1 }, '', '/inbox?tab=open#top'))
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

const opened = (options: UseConversationViewOptions = {}) =>
  renderHook(useConversationView, {
    initialProps: options,
    wrapper: StrictMode,
  })
const address = () => `${location.pathname}${location.search}${location.hash}`
const goTo = (search: string) =>
  act(() => {
    history.replaceState({}, '', search)
    globalThis.dispatchEvent(new PopStateEvent('popstate', { state: {} }))
  })

describe('a view', () => {
  test('of its own begins as it is told, and changes when it is changed', () => {
    const onChange = vi.fn<(view: ConversationView) => void>()
    const { result } = opened({ defaultValue: { votes: 'up' }, onChange })
    expect(result.current[0]).toEqual({ votes: 'up' })
    act(() => {
      result.current[1]((view) => ({ ...view, botId: 'a' }))
      result.current[1]((view) => ({ ...view, taskId: 'b' }))
    })
    expect(result.current[0]).toEqual({ votes: 'up', botId: 'a', taskId: 'b' })
    expect(onChange).toHaveBeenCalledTimes(2)
    act(() => result.current[1]({ ...result.current[0], meta: {} }))
    expect(onChange).toHaveBeenCalledTimes(2)
    expect(address()).toBe('/inbox?tab=open#top')
  })

  test('that somebody else keeps changes only when they change it', () => {
    const onChange = vi.fn<(view: ConversationView) => void>()
    const { result, rerender } = opened({ value: {}, address: true, onChange })
    act(() => result.current[1]({ votes: 'up' }))
    expect([result.current[0], address()]).toEqual([{}, '/inbox?tab=open#top'])
    expect(onChange).toHaveBeenCalledExactlyOnceWith({ votes: 'up' })
    rerender({ value: { votes: 'up' } })
    expect(result.current[0]).toEqual({ votes: 'up' })
  })
})

describe('a view in the address', () => {
  test('is there from the first rendering on, and is written beside what the page has there', () => {
    history.replaceState({ theirs: 1 }, '', '/inbox?tab=open&votes=down#top')
    const { result } = opened({ address: true })
    expect(result.current[0]).toEqual({ votes: 'down' })
    act(() => result.current[1]({ votes: 'down', botId: 'a' }))
    expect(address()).toBe('/inbox?tab=open&bot=a&votes=down#top')
    expect(history.state).toEqual({ theirs: 1 })
  })

  test('is a step of the history for each press, and one for all that is typed', () => {
    vi.useFakeTimers()
    const push = vi.spyOn(history, 'pushState')
    const replace = vi.spyOn(history, 'replaceState')
    const { result } = opened({ address: true })
    act(() => result.current[1]({ votes: 'up' }))
    expect([push.mock.calls.length, replace.mock.calls.length]).toEqual([1, 0])
    for (const search of ['r', 're', 'ref']) act(() => result.current[1]({ votes: 'up', search }, { typing: true }))
    expect(result.current[0].search).toBe('ref')
    act(() => void vi.advanceTimersByTime(1000))
    expect([push.mock.calls.length, replace.mock.calls.length]).toEqual([1, 1])
    expect(address()).toBe('/inbox?tab=open&votes=up&q=ref#top')
  })

  test('keeps what was typed when a press follows at once, and when the page is left', () => {
    vi.useFakeTimers()
    const { result, unmount } = opened({ address: true })
    act(() => result.current[1]({ search: 'refund' }, { typing: true }))
    act(() => result.current[1]({ search: 'refund', votes: 'down' }))
    expect(address()).toBe('/inbox?tab=open&votes=down&q=refund#top')
    act(() => result.current[1]({ search: 'refunds', votes: 'down' }, { typing: true }))
    unmount()
    expect(address()).toBe('/inbox?tab=open&votes=down&q=refunds#top')
  })

  test('follows Back, tells of it, and shows what it shows by itself where the address says nothing', () => {
    const onChange = vi.fn<(view: ConversationView) => void>()
    const { result } = opened({ address: true, defaultValue: { lastSpeaker: 'user' }, onChange })
    expect(result.current[0]).toEqual({ lastSpeaker: 'user' })
    goTo('/inbox?tab=open&votes=up')
    expect(result.current[0]).toEqual({ votes: 'up' })
    goTo('/inbox?tab=open')
    expect(result.current[0]).toEqual({ lastSpeaker: 'user' })
    expect(onChange.mock.calls).toEqual([[{ votes: 'up' }], [{ lastSpeaker: 'user' }]])
  })

  test('that shows everything is told from the one it begins with', () => {
    const { result } = opened({ address: true, defaultValue: { lastSpeaker: 'user' } })
    act(() => result.current[1]({}))
    expect(result.current[0]).toEqual({})
    expect(address()).toBe('/inbox?tab=open&sort=created#top')
    expect(opened({ address: true, defaultValue: { lastSpeaker: 'user' } }).result.current[0]).toEqual({})
  })

  test('is the same for two parts of a page, and another one behind another prefix', () => {
    const one = opened({ address: true })
    const same = opened({ address: true })
    const other = opened({ address: 'right.' })
    act(() => one.result.current[1]({ votes: 'up' }))
    act(() => other.result.current[1]({ votes: 'down' }))
    expect([one, same, other].map(({ result }) => result.current[0])).toEqual([
      { votes: 'up' },
      { votes: 'up' },
      { votes: 'down' },
    ])
    expect(address()).toBe('/inbox?tab=open&votes=up&right.votes=down#top')
  })

  test('holds where the address cannot be written', () => {
    vi.spyOn(history, 'pushState').mockImplementation(() => {
      throw new DOMException('too often', 'SecurityError')
    })
    const { result } = opened({ address: true })
    act(() => result.current[1]({ votes: 'up' }))
    expect(result.current[0]).toEqual({ votes: 'up' })
  })

  test('is not looked for on a server', () => {
    history.replaceState({}, '', '/inbox?votes=up')
    function Shown() {
      return JSON.stringify(useConversationView({ address: true, defaultValue: { botId: 'a' } })[0])
    }
    expect(renderToString(<Shown />)).toContain('botId')
  })
})
