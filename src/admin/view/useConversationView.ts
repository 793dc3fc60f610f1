'use client'
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { useBrowserLayoutEffect, useLatest } from '../../hooks/index.ts'
import { createAddressBar } from './address-bar.ts'
import { isSame } from './view.ts'
import type { ConversationView } from './view.ts'

export interface ViewChange {
  /** The change is one of many, as while somebody types: it takes the place of the last entry of the history. */
  typing?: boolean
}

export interface UseConversationViewOptions {
  /** The view, where somebody else keeps it. */
  value?: ConversationView
  /** The view as long as nobody has chosen another one. */
  defaultValue?: ConversationView
  onChange?: (view: ConversationView) => void
  /**
   * Keeps the view in the address bar, so that it can be linked, and Back takes a change back. A text goes before each of its names,
   * for two inboxes on a page: `'left.'`. Without effect where `value` is given.
   */
  address?: boolean | string
}

/** A view, and what changes it. A function gets the view as it is by then. */
export type UseConversationViewResult = [
  view: ConversationView,
  setView: (next: ConversationView | ((view: ConversationView) => ConversationView), how?: ViewChange) => void,
]

const NOTHING: ConversationView = {}

/** Keeps a view: with whoever gives `value`, in the address bar, or by itself. */
export function useConversationView(options: UseConversationViewOptions = {}): UseConversationViewResult {
  const { value, defaultValue = NOTHING, address = false } = options
  const prefix = typeof address === 'string' ? address : ''
  const inAddress = address !== false && value === undefined
  const latest = useLatest(options)
  const [own, setOwn] = useState<ConversationView>()
  const bar = useMemo(() => createAddressBar(prefix, () => latest.current.defaultValue ?? NOTHING), [prefix, latest])
  const inBar = useSyncExternalStore(bar.subscribe, inAddress ? bar.get : none, none)
  const view = value ?? (inAddress ? inBar : own) ?? defaultValue

  const now = useRef(view)
  useBrowserLayoutEffect(() => {
    now.current = view
  })
  useEffect(() => {
    if (!inAddress) return undefined
    return bar.follow(() => latest.current.onChange?.(bar.get() ?? latest.current.defaultValue ?? NOTHING))
  }, [bar, inAddress, latest])

  const setView = useCallback<UseConversationViewResult[1]>(
    (next, { typing = false } = {}) => {
      const to = typeof next === 'function' ? next(now.current) : next
      if (isSame(to, now.current)) return
      // Two changes before the next rendering: the second begins where the first has ended.
      if (latest.current.value === undefined) now.current = to
      if (inAddress) bar.write(to, typing)
      else setOwn(to)
      latest.current.onChange?.(to)
    },
    [bar, inAddress, latest],
  )
  return [view, setView]
}

const none = () => undefined
