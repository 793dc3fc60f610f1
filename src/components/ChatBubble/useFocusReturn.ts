'use client'
import { useRef } from 'react'
import type { RefObject } from 'react'
import { useBrowserLayoutEffect } from '../../hooks/index.ts'

/** The focus goes into what opens, and back to where it was when that closes. A chat that is open from the start takes it from nobody. */
export function useFocusReturn(
  open: boolean,
  panel: RefObject<HTMLElement | null>,
  button: RefObject<HTMLElement | null>,
): void {
  const before = useRef(open)
  const from = useRef<Element | null>(null)
  // Runs before the browser takes the focus from what is about to be hidden.
  useBrowserLayoutEffect(() => {
    const element = panel.current
    if (!element) return
    const { activeElement } = document
    const inside = element.contains(activeElement)
    element.toggleAttribute('inert', !open)
    if (before.current === open) return
    before.current = open
    if (open) {
      from.current = activeElement
      enter(element)
    } else if (inside) {
      const back = from.current
      if (back instanceof HTMLElement && back !== document.body && back.isConnected) back.focus({ preventScroll: true })
      // It may be gone, hidden, or nothing that takes the focus.
      if (document.activeElement !== back || back === document.body) button.current?.focus({ preventScroll: true })
    }
  }, [open, panel, button])
}

/** To the field, ready to write. On a touch screen to the panel: a field with the focus is a keyboard over half the chat. */
export function enter(panel: HTMLElement): void {
  const touch = matchMedia('(pointer: coarse)').matches
  const field = touch ? null : panel.querySelector<HTMLElement>('[data-ck="input"]')
  const target = field ?? panel
  target.focus({ preventScroll: true })
}
