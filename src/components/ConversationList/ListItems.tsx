'use client'
import { memo, useRef, useSyncExternalStore } from 'react'
import type { ReactNode } from 'react'
import { useBrowserLayoutEffect } from '../../hooks/index.ts'
import type { Span } from '../rows/window.ts'
import { ConversationItem } from './ConversationItem.tsx'
import type { List } from './list.ts'

interface ListItemsProps {
  list: List
  ids: readonly string[]
  /** Whether more can be loaded, so that nobody knows how many there are. */
  more: boolean
}

/** The conversations. Of more than a hundred only those near the view are on the page; room stands for the others. */
export const ListItems = memo(function ListItems({ list, ids, more }: ListItemsProps) {
  const { hold, view, tabbable, value } = list
  const { rows } = hold
  const element = useRef<HTMLUListElement>(null)
  useSyncExternalStore(rows.subscribe, rows.version, rows.version)
  const spans = rows.spans(ids)

  useBrowserLayoutEffect(() => {
    const windowed = spans.length !== 1 || spans[0]!.from > 0 || spans[0]!.to < ids.length
    if (windowed) number(element.current!, spans, more ? -1 : ids.length)
    hold.committed(element.current, ids, view, spans)
    const isThere = (id: string | null | undefined) => {
      const index = typeof id === 'string' ? ids.indexOf(id) : -1
      return index >= 0 && spans.some(({ from, to }) => index >= from && index < to)
    }
    // Tab has to find a row, also when the one it would go to has been scrolled off the page.
    if (!isThere(tabbable.get())) {
      const opened = value.get()
      tabbable.set(isThere(opened) ? opened! : ids[spans.at(-1)?.from ?? 0])
    }
  })

  const items: ReactNode[] = []
  const seen = new Set<string>()
  let end = 0
  for (const { from, to } of spans) {
    if (from > end) items.push(<li key={`${end} `} className="ck-spacer" aria-hidden="true" />)
    for (let index = from; index < to; index += 1) {
      const id = ids[index]!
      // A list that was read while it changed may name one twice.
      items.push(<ConversationItem key={seen.has(id) ? `${id} ${index}` : id} id={id} list={list} />)
      seen.add(id)
    }
    end = to
  }
  if (end < ids.length) items.push(<li key={`${end} `} className="ck-spacer" aria-hidden="true" />)
  return (
    <ul ref={element} className="ck-conversations-items">
      {items}
    </ul>
  )
})

/** Tells those who cannot see how long the list is where in it a row stands: most of the others are not on the page. */
function number(list: HTMLElement, spans: readonly Span[], count: number) {
  const rows = list.getElementsByClassName('ck-row')
  let place = 0
  for (const { from, to } of spans) {
    for (let index = from; index < to; index += 1) {
      const row = rows[place++]
      row?.setAttribute('aria-posinset', String(index + 1))
      row?.setAttribute('aria-setsize', String(count))
    }
  }
}
