'use client'
import { useMemo } from 'react'
import { useStore } from 'zustand'
import { goneOf, useLatest } from '../../hooks/index.ts'
import { useConversationKit } from '../../provider/index.ts'

/** The conversations that were open when they were deleted, as long as that can be taken back. */
export interface Closed {
  /** Told of what is opened next. Gives whether it is one of them, come back, or is there because what was open has just been deleted. */
  opens: (id: string | null) => 'back' | 'instead' | undefined
  /** Of some that have come back, the one to be open again: it was, and what has come in its place still is. */
  among: (back: readonly string[]) => string | undefined
  /** Forgets all that cannot be taken back any more: one that comes back then was refused, and is opened by hand. */
  keep: (waiting: readonly (readonly string[])[]) => void
}

export function useClosed(open: string | null): Closed {
  const gone = goneOf(useConversationKit())
  // What is deleted by this very press is not rendered yet.
  const wasGone = useStore(gone, (now) => open !== null && now.has(open))
  const latest = useLatest({ open, wasGone })
  return useMemo(() => {
    /** Each with what was opened in its place. */
    const closed = new Map<string, string | null>()
    return {
      opens(id) {
        if (id !== null && closed.delete(id)) return 'back'
        const { open, wasGone } = latest.current
        if (open === null || wasGone || !gone.getState().has(open)) return undefined
        closed.set(open, id)
        return 'instead'
      },
      among: (back) => back.find((id) => closed.has(id) && closed.get(id) === latest.current.open),
      keep(waiting) {
        for (const id of closed.keys()) if (!waiting.some((batch) => batch.includes(id))) closed.delete(id)
      },
    }
  }, [gone, latest])
}
