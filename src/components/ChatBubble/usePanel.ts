'use client'
import { useEffect, useRef, useState } from 'react'
import { useChatStore, useLatest } from '../../hooks/index.ts'
import { useConversationKit } from '../../provider/index.ts'
import type { ChatBubbleProps } from './ChatBubble.tsx'

type Options = Pick<ChatBubbleProps, 'open' | 'defaultOpen' | 'onOpenChange'>

/**
 * Whether the chat is open. The store knows it, so that it can be opened from anywhere and answers are counted while it is closed. Where
 * the page decides, the store asks the page and then follows it.
 */
export function usePanel({ open: wanted, defaultOpen = false, onOpenChange }: Options) {
  const { store } = useConversationKit()
  const stored = useChatStore((state) => state.panel.open)
  const [atFirst] = useState(defaultOpen)
  const [changed, setChanged] = useState(false)
  const latest = useLatest({ wanted, onOpenChange })
  /** While the page speaks: it is not told what it says. */
  const quiet = useRef(false)

  useEffect(() => {
    const follow = (open: boolean) => {
      quiet.current = true
      store.getState().actions.setOpen(open)
      quiet.current = false
    }
    const end = store.subscribe(({ panel: { open } }, { panel: before }) => {
      if (open === before.open) return
      setChanged(true)
      if (quiet.current) return
      const asked = latest.current
      if (asked.wanted !== undefined) follow(asked.wanted)
      asked.onOpenChange?.(open)
    })
    const now = wanted ?? (atFirst && !changed ? true : undefined)
    if (now !== undefined && now !== store.getState().panel.open) follow(now)
    return end
  }, [store, wanted, atFirst, changed, latest])

  return { open: wanted ?? (stored || (atFirst && !changed)), setOpen: store.getState().actions.setOpen }
}
