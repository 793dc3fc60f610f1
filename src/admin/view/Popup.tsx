'use client'
import { useEffect, useId, useRef, useState } from 'react'
import type { KeyboardEvent, ReactNode } from 'react'
import { useBrowserLayoutEffect } from '../../hooks/index.ts'
import { OWN_KEYS } from '../keys/focus.ts'

export interface PopupProps {
  /** What is on the button. */
  label: ReactNode
  /** What the button is called, where what is on it is not enough. */
  name?: string
  /** The title of what opens, for who does not see where it comes from. */
  title: string
  className?: string
  open: boolean
  onOpenChange: (open: boolean) => void
  'aria-keyshortcuts'?: string
  children: ReactNode
}

const GAP_PX = 6
const EDGE_PX = 8

/** A button, and what it opens beside it: above all else, within the window, closed by Escape, by a press elsewhere, and by leaving it. */
export function Popup({ label, name, title, className = '', open, onOpenChange, children, ...rest }: PopupProps) {
  const id = useId()
  const root = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const panel = useRef<HTMLDivElement>(null)

  useEffect(() => {
    if (!open) return undefined
    const { ownerDocument } = root.current!
    const onPress = (event: Event) => {
      if (!event.composedPath().includes(root.current!)) onOpenChange(false)
    }
    // The focus may be nowhere: what had it is gone.
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && event.target === ownerDocument.body) onOpenChange(false)
    }
    ownerDocument.addEventListener('pointerdown', onPress, true)
    ownerDocument.addEventListener('keydown', onKey)
    return () => {
      ownerDocument.removeEventListener('pointerdown', onPress, true)
      ownerDocument.removeEventListener('keydown', onKey)
    }
  }, [open, onOpenChange])

  useBrowserLayoutEffect(() => {
    const element = panel.current
    if (!open || !element || !button.current) return undefined
    // Above all layers of the page. Where the browser has no such place it is above its neighbours.
    element.showPopover?.()
    const put = () => place(element, button.current!)
    put()
    globalThis.addEventListener('resize', put)
    globalThis.addEventListener('scroll', put, true)
    const observer = typeof ResizeObserver === 'undefined' ? undefined : new ResizeObserver(put)
    observer?.observe(element)
    element.querySelector<HTMLElement>('[data-focus="first"]')?.focus({ preventScroll: true })
    return () => {
      globalThis.removeEventListener('resize', put)
      globalThis.removeEventListener('scroll', put, true)
      observer?.disconnect()
      element.hidePopover?.()
    }
  }, [open])

  const close = () => {
    button.current?.focus()
    onOpenChange(false)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented || event.nativeEvent.isComposing) return
    event.preventDefault()
    event.stopPropagation()
    close()
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keys and the focus come here from all that is inside
    <div
      ref={root}
      className={`ck-popup ${className}`}
      onKeyDown={open ? onKeyDown : undefined}
      onBlur={({ relatedTarget }) => {
        // To nowhere: a press on what takes no focus, or another window.
        if (open && relatedTarget && !root.current?.contains(relatedTarget)) onOpenChange(false)
      }}
    >
      <button
        ref={button}
        type="button"
        className="ck-button ck-popup-button"
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-label={name}
        {...rest}
        onClick={() => (open ? close() : onOpenChange(true))}
      >
        {label}
      </button>
      {open && (
        <div
          ref={panel}
          id={id}
          className="ck-popup-panel"
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a dialog element would need its own way to be open
          role="dialog"
          aria-label={title}
          tabIndex={-1}
          popover="manual"
          data-ck="popup"
          {...OWN_KEYS}
        >
          {children}
        </div>
      )}
    </div>
  )
}

/** Under the button, or over it where there is more room; from where one begins to read, and inside of the window. */
function place(panel: HTMLElement, button: HTMLElement): void {
  const { innerWidth, innerHeight } = globalThis
  const at = button.getBoundingClientRect()
  const below = innerHeight - at.bottom - GAP_PX - EDGE_PX
  const above = at.top - GAP_PX - EDGE_PX
  const isBelow = below >= Math.min(panel.scrollHeight, 320) || below >= above
  const width = panel.offsetWidth
  const isRtl = getComputedStyle(panel).direction === 'rtl'
  const wanted = isRtl ? at.right - width : at.left
  panel.style.left = `${Math.max(EDGE_PX, Math.min(wanted, innerWidth - width - EDGE_PX))}px`
  panel.style.maxHeight = `${Math.max(120, isBelow ? below : above)}px`
  panel.style.top = isBelow ? `${at.bottom + GAP_PX}px` : 'auto'
  panel.style.bottom = isBelow ? 'auto' : `${innerHeight - at.top + GAP_PX}px`
}

/** Whether something is open, and what opens and closes it: the same functions all the time. */
export function useOpen(): [open: boolean, setOpen: (open: boolean) => void] {
  return useState(false)
}

/** Keeps the focus in what is open when the button that had it goes. */
export const focusPanel = (from: Element): void => from.closest<HTMLElement>('.ck-popup-panel')?.focus()
