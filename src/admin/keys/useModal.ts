'use client'
import { useRef } from 'react'
import type { RefObject } from 'react'
import { useBrowserLayoutEffect, useLatest } from '../../hooks/index.ts'

/** A `<dialog>` that is open as long as it is on the page, and gives the focus back to what had it. `data-focus="first"` marks what gets it. */
export function useModal(onClose: () => void): RefObject<HTMLDialogElement | null> {
  const dialog = useRef<HTMLDialogElement>(null)
  const latest = useLatest(onClose)
  useBrowserLayoutEffect(() => {
    const element = dialog.current
    if (!element) return undefined
    const from = element.ownerDocument.activeElement as HTMLElement | null
    element.showModal()
    element.querySelector<HTMLElement>('[data-focus="first"]')?.focus()
    // A dialog that was closed and opened again at once hears of it late.
    const onClosed = () => element.open || latest.current()
    const onPress = (event: Event) => event.target === element && latest.current()
    element.addEventListener('close', onClosed)
    element.addEventListener('pointerdown', onPress)
    return () => {
      element.removeEventListener('close', onClosed)
      element.removeEventListener('pointerdown', onPress)
      const { activeElement, body } = element.ownerDocument
      const isHere = activeElement === null || activeElement === body || element.contains(activeElement)
      if (element.open) element.close()
      if (isHere && from?.isConnected) from.focus()
    }
  }, [latest])
  return dialog
}
