'use client'
import { useEffect, useRef } from 'react'
import type { RefObject } from 'react'
import { useLatest } from '../../hooks/index.ts'

/**
 * Calls back when the reader turns away from an element while something in it is open: presses or focuses elsewhere, hides the
 * page, or the element is taken off the page.
 */
export function useLeaving(root: RefObject<HTMLElement | null>, open: boolean, onLeave: () => void): void {
  const latest = useLatest({ open, onLeave })
  const mounted = useRef(false)

  useEffect(() => {
    if (!open) return undefined
    const leave = () => latest.current.open && latest.current.onLeave()
    const onOutside = ({ target }: Event) => {
      if (target instanceof Node && !root.current?.contains(target)) leave()
    }
    const onHidden = () => document.visibilityState === 'hidden' && leave()
    document.addEventListener('pointerdown', onOutside)
    document.addEventListener('focusin', onOutside)
    document.addEventListener('visibilitychange', onHidden)
    window.addEventListener('pagehide', leave)
    return () => {
      document.removeEventListener('pointerdown', onOutside)
      document.removeEventListener('focusin', onOutside)
      document.removeEventListener('visibilitychange', onHidden)
      window.removeEventListener('pagehide', leave)
    }
  }, [open, root, latest])

  useEffect(() => {
    mounted.current = true
    const leaveForGood = () => {
      if (!mounted.current && latest.current.open) latest.current.onLeave()
    }
    return () => {
      mounted.current = false
      // StrictMode takes effects off and puts them back at once; only an element that stays away has left.
      queueMicrotask(leaveForGood)
    }
  }, [latest])
}
