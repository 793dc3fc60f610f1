'use client'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { CSSProperties, KeyboardEvent, PointerEvent } from 'react'
import { useBrowserLayoutEffect } from '../../hooks/index.ts'

export type PaneName = 'list' | 'panel'

/** Widths in rem: a pane is never narrower than its words, nor wider than a page. */
const LIMITS = { list: { least: 15, most: 40, first: 21 }, panel: { least: 14, most: 36, first: 19 } } as const
/** What one press of an arrow key moves. */
const STEP_REM = 1
const PX_PER_REM = 16
const KEPT = 'conversation-kit:panes'

type Widths = Record<PaneName, number>

export interface SeparatorProps {
  role: 'separator'
  tabIndex: 0
  'aria-orientation': 'vertical'
  'aria-valuenow': number
  'aria-valuemin': number
  'aria-valuemax': number
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void
  onPointerDown: (event: PointerEvent<HTMLElement>) => void
  onDoubleClick: () => void
}

const clamp = (pane: PaneName, rem: number) => Math.min(LIMITS[pane].most, Math.max(LIMITS[pane].least, rem))

/** Widths that people choose by a line between two panes, with a pointer or with arrow keys. They are kept in this browser. */
export function usePanes() {
  const [widths, setWidths] = useState<Widths>({ list: LIMITS.list.first, panel: LIMITS.panel.first })
  // Read after the first rendering, which has to be the one of the server.
  useBrowserLayoutEffect(() => {
    const kept = readKept()
    if (kept) setWidths(kept)
  }, [])
  const drag = useRef<AbortController>(null)
  useEffect(() => () => drag.current?.abort(), [])

  const change = useCallback((pane: PaneName, toRem: (rem: number) => number) => {
    setWidths((before) => {
      const after = { ...before, [pane]: clamp(pane, toRem(before[pane])) }
      keep(after)
      return after
    })
  }, [])

  const separator = (pane: PaneName): SeparatorProps => {
    const { least, most, first } = LIMITS[pane]
    /** The list grows to the end of the line, the panel to its beginning. */
    const sign = (element: Element) =>
      (pane === 'list' ? 1 : -1) * (getComputedStyle(element).direction === 'rtl' ? -1 : 1)
    return {
      role: 'separator',
      tabIndex: 0,
      'aria-orientation': 'vertical',
      'aria-valuenow': Math.round(widths[pane]),
      'aria-valuemin': least,
      'aria-valuemax': most,
      onKeyDown(event) {
        const { key, currentTarget } = event
        if (key === 'Home') change(pane, () => least)
        else if (key === 'End') change(pane, () => most)
        else if (key === 'ArrowRight') change(pane, (rem) => rem + STEP_REM * sign(currentTarget))
        else if (key === 'ArrowLeft') change(pane, (rem) => rem - STEP_REM * sign(currentTarget))
        else return
        event.preventDefault()
      },
      onPointerDown(event) {
        if (event.button !== 0) return
        const { currentTarget, clientX } = event
        event.preventDefault()
        currentTarget.focus()
        currentTarget.setPointerCapture(event.pointerId)
        const from = widths[pane]
        const factor = sign(currentTarget) / PX_PER_REM
        drag.current?.abort()
        const moving = (drag.current = new AbortController())
        const { signal } = moving
        const move = (next: globalThis.PointerEvent) => change(pane, () => from + (next.clientX - clientX) * factor)
        const end = () => moving.abort()
        currentTarget.addEventListener('pointermove', move, { signal })
        currentTarget.addEventListener('lostpointercapture', end, { signal })
      },
      onDoubleClick: () => change(pane, () => first),
    }
  }

  const style = {
    '--ck-inbox-list': `calc(var(--ck-_rem) * ${widths.list})`,
    '--ck-inbox-panel': `calc(var(--ck-_rem) * ${widths.panel})`,
  } as CSSProperties
  return { style, separator }
}

function readKept(): Widths | undefined {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEPT) ?? 'null')
    if (typeof kept !== 'object' || kept === null) return undefined
    const { list, panel } = kept as Partial<Record<PaneName, unknown>>
    if (typeof list !== 'number' || typeof panel !== 'number' || Number.isNaN(list + panel)) return undefined
    return { list: clamp('list', list), panel: clamp('panel', panel) }
  } catch {
    // No storage, or something else in it: the widths are those of the beginning.
    return undefined
  }
}

function keep(widths: Widths): void {
  try {
    localStorage.setItem(KEPT, JSON.stringify(widths))
  } catch {
    // They hold until the page is left.
  }
}
