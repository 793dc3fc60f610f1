'use client'
import { useEffect, useSyncExternalStore } from 'react'
import type { RefObject } from 'react'

/** Windows so small that the chat takes all of one. The same is said in the style sheet. */
const SMALL = '(max-width: 30em), (max-height: 30em)'

const subscribe = (listener: () => void) => {
  const media = matchMedia(SMALL)
  media.addEventListener('change', listener)
  return () => media.removeEventListener('change', listener)
}

/** Whether the chat takes the whole window. While it does, nothing behind it can be reached. */
export function useSheet(
  open: boolean,
  dock: RefObject<HTMLElement | null>,
  panel: RefObject<HTMLElement | null>,
): boolean {
  const sheet = useSyncExternalStore(
    subscribe,
    () => matchMedia(SMALL).matches,
    () => false,
  )
  const covers = open && sheet
  useEffect(() => (covers && dock.current ? disableOutside(dock.current) : undefined), [covers, dock])
  useEffect(() => (covers && panel.current ? fitVisible(panel.current) : undefined), [covers, panel])
  return sheet
}

/** Makes all that is beside an element, and beside what it is in, inert. The function returned undoes that. */
function disableOutside(element: HTMLElement): () => void {
  const disabled: HTMLElement[] = []
  for (let inner: HTMLElement | null = element; inner && inner !== document.body; inner = inner.parentElement) {
    for (const beside of inner.parentElement?.children ?? []) {
      if (beside === inner || !(beside instanceof HTMLElement) || beside.inert) continue
      beside.inert = true
      disabled.push(beside)
    }
  }
  return () => {
    for (const beside of disabled) beside.inert = false
  }
}

/** Keeps an element out from under the keyboard of a phone, which some browsers lay over the page. */
function fitVisible(element: HTMLElement): () => void {
  const { visualViewport } = window
  if (!visualViewport) return () => {}
  const fit = () => {
    // A page that is zoomed in is left as it is.
    const covered = visualViewport.scale === 1 && window.innerHeight - visualViewport.height > 1
    element.style.blockSize = covered ? `${visualViewport.height}px` : ''
    element.style.insetBlockStart = covered ? `${visualViewport.offsetTop}px` : ''
  }
  fit()
  visualViewport.addEventListener('resize', fit)
  visualViewport.addEventListener('scroll', fit)
  return () => {
    visualViewport.removeEventListener('resize', fit)
    visualViewport.removeEventListener('scroll', fit)
    element.style.blockSize = ''
    element.style.insetBlockStart = ''
  }
}
