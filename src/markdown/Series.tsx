'use client'
/* eslint-disable react/no-array-index-key -- text is only added at the end, so the place of a thing in it is its key */
import { memo, useEffect, useLayoutEffect, useState } from 'react'
import type { ComponentType, ReactElement } from 'react'

/** The first of a series, and the last, are looked at one by one when one is added; those between them are passed over, so many together. */
const SIZE = 32

/**
 * So much comes at once, each element about one and every ten letters one; more of it would hold the page. At first it is a
 * quarter of that: in the same frame the text was read.
 */
const ROOM = 3000
const LETTERS = 10

/** Before the paint: the next piece comes with the very next frame. React 18 warns of it where there is no page. */
const usePainting = typeof document === 'undefined' ? useEffect : useLayoutEffect

interface Member<T, C> {
  of: T
  /** Whether it may still grow. */
  open: boolean
  /** The same for all. */
  has: C
}

interface SeriesProps<T, C> {
  of: readonly T[]
  view: ComponentType<Member<T, C>>
  /** Whether the last may still grow. */
  open: boolean
  has?: C
  /** They are blocks: many of them together are one box, so that the browser need not go through all of them for one that grows. */
  boxed?: boolean
}

/**
 * What grows at its end: one more costs as much in the thousandth place as in the first. Where very many are there from the beginning,
 * the page has its turn between them. `view` has to be a `memo`.
 */
export function Series<T, C>(all: SeriesProps<T, C>): ReactElement[] {
  const shown = useShown(all.of)
  const props = (shown < all.of.length ? { ...all, of: all.of.slice(0, shown), open: false } : all) as AnySeries
  // The first stand here themselves; most series have no others.
  const rows = membersFrom(0, props)
  for (let from = SIZE; from < shown; from += SIZE)
    rows.push(<Group key={from} {...props} open={props.open && from + SIZE >= shown} from={from} />)
  return rows
}

type AnySeries = SeriesProps<unknown, unknown>

const membersFrom = (from: number, { of, view: View, open, has }: AnySeries): ReactElement[] =>
  of
    .slice(from, from + SIZE)
    .map((member, at) => <View key={at} of={member} open={open && from + at === of.length - 1} has={has} />)

function useShown(of: readonly unknown[]): number {
  const { length } = of
  /** How many are shown, of how many when that was last looked at. */
  const [last, look] = useState(() => [more(of, 0), length] as const)
  let [shown] = last
  if (last[1] !== length) look([(shown = more(of, Math.min(shown, length))), length])
  usePainting(() => {
    const frame = shown < length ? requestAnimationFrame(() => look([shown, -1])) : 0
    return () => cancelAnimationFrame(frame)
  }, [shown, length])
  return shown
}

/** As many more as there is room for. */
function more(of: readonly unknown[], from: number): number {
  let shown = from
  for (let room = shown > 0 ? ROOM : ROOM / 4; shown < of.length && room > 0; shown += 1) room -= weightOf(of[shown])
  return shown
}

/** About what it costs to show. */
function weightOf(value: unknown): number {
  if (typeof value === 'string') return 1 + value.length / LETTERS
  if (typeof value !== 'object') return 0
  let sum = 1
  for (const inner of Object.values(value!)) sum += weightOf(inner)
  return sum
}

type GroupProps = AnySeries & { from: number }

const Group = memo(function Group(props: GroupProps) {
  const members = membersFrom(props.from, props)
  return props.boxed ? <div className="ck-blocks">{members}</div> : members
}, sameGroup)

function sameGroup(a: GroupProps, b: GroupProps): boolean {
  if (a.has !== b.has || a.open !== b.open) return false
  for (let at = a.from; at < a.from + SIZE; at += 1) if (a.of[at] !== b.of[at]) return false
  return true
}
