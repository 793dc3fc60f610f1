import type { ReactNode } from 'react'
import type { SearchExcerpt } from './excerpt.ts'

/** A piece of a text with what was found in it. Only text: nothing of it is read as HTML. */
export function Marked({ text, ranges, begin, more }: SearchExcerpt) {
  const parts: ReactNode[] = []
  let at = 0
  for (const [from, to] of ranges) {
    if (from > at) parts.push(text.slice(at, from))
    parts.push(<mark key={from}>{text.slice(from, to)}</mark>)
    at = to
  }
  parts.push(text.slice(at))
  return (
    <>
      {begin > 0 && '… '}
      {parts}
      {more && ' …'}
    </>
  )
}
