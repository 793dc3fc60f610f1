'use client'
/* eslint-disable react/no-array-index-key -- text is only added at the end, so the place of a thing in it is its key */
import { memo, useEffect, useLayoutEffect, useState } from 'react'
import type { ComponentType, Dispatch, ReactElement } from 'react'

/** How many are looked at one by one when one is added; those before them are passed over together. */
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
  has: C
}

/**
 * What grows at its end: one more costs as much in the thousandth place as in the first. Where very many are there from the beginning,
 * the page has its turn between them. `view` has to be a `memo`.
 */
export function Series<T, C>(all: SeriesProps<T, C>): ReactElement {
  const { view: View, has } = all
  const [{ shown }, look] = useShown(all.of)
  const whole = shown === all.of.length
  const props = whole ? all : { ...all, of: all.of.slice(0, shown), open: false }
  // The first stand here themselves; most series have no others.
  const rows = props.of
    .slice(0, SIZE)
    .map((member, at) => <View key={at} of={member} open={props.open && at === shown - 1} has={has} />)
  for (let from = SIZE; from < shown; from += SIZE)
    rows.push(<Group key={from} {...(props as SeriesProps<unknown, unknown>)} from={from} />)
  if (!whole) rows.push(<Rest key="rest" shown={shown} look={look} />)
  return <>{rows}</>
}

/** How many are shown, of how many when that was last looked at. */
interface Shown {
  shown: number
  of: number
}
type Look = Dispatch<(last: Shown) => Shown>

function useShown(of: readonly unknown[]): [Shown, Look] {
  const [last, look] = useState(() => more(of, 0))
  if (last.of === of.length) return [last, look]
  const next = more(of, Math.min(last.shown, of.length))
  look(() => next)
  return [next, look]
}

/** As many more as there is room for. */
function more(of: readonly unknown[], from: number): Shown {
  let shown = from
  // Of most there is one, which comes whatever it weighs.
  for (let room = shown > 0 ? ROOM : ROOM / 4; shown < of.length && room > 0; shown += 1)
    if (shown < of.length - 1) room -= weightOf(of[shown])
  return { shown, of: of.length }
}

/** What is not shown yet: has it looked at again in the next frame. */
function Rest({ shown, look }: { shown: number; look: Look }) {
  usePainting(() => {
    const frame = requestAnimationFrame(() => look((last) => ({ ...last, of: -1 })))
    return () => cancelAnimationFrame(frame)
  }, [shown, look])
  return null
}

/** About what it costs to show. */
function weightOf(value: unknown): number {
  if (typeof value === 'string') return 1 + value.length / LETTERS
  if (typeof value !== 'object') return 0
  let sum = 1
  if (Array.isArray(value)) for (const inner of value) sum += weightOf(inner)
  else for (const key in value) sum += weightOf((value as Record<string, unknown>)[key])
  return sum
}

type GroupProps = SeriesProps<unknown, unknown> & { from: number }

const Group = memo(function Group({ of, view: View, open, has, from }: GroupProps) {
  const members = of.slice(from, from + SIZE)
  const last = of.length - 1 - from
  return (
    <>
      {members.map((member, at) => (
        <View key={at} of={member} open={open && at === last} has={has} />
      ))}
    </>
  )
}, sameGroup)

function sameGroup(a: GroupProps, b: GroupProps): boolean {
  const end = a.from + SIZE
  if (a.has !== b.has || Math.min(end, a.of.length) !== Math.min(end, b.of.length)) return false
  if (growing(a, end) !== growing(b, end)) return false
  for (let at = a.from; at < end; at += 1) if (a.of[at] !== b.of[at]) return false
  return true
}

const growing = ({ of, open }: GroupProps, end: number) => open && of.length <= end
