'use client'
/* eslint-disable react/no-array-index-key -- text is only added at the end, so the place of a thing in it is its key */
import { memo, useEffect, useLayoutEffect, useReducer, useRef } from 'react'
import type { ComponentType, ReactElement } from 'react'

/** How many are looked at one by one when one is added; those before them are passed over together. */
const SIZE = 32

/**
 * So much comes at once, each element about one and every ten letters one; more of it would hold the page. At first it is a
 * quarter of that: in the same frame the text was read.
 */
const ROOM = 2000
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
  const shown = useShown(all.of)
  const props = shown < all.of.length ? { ...all, of: all.of.slice(0, shown), open: false } : all
  const groups: ReactElement[] = []
  for (let from = 0; from < props.of.length; from += SIZE)
    groups.push(<Group key={from} {...(props as SeriesProps<unknown, unknown>)} from={from} />)
  return <>{groups}</>
}

function useShown(of: readonly unknown[]): number {
  const [, goOn] = useReducer((turns: number) => turns + 1, 0)
  const before = useRef(0)
  const { length } = of
  // eslint-disable-next-line react/refs -- what is on the page already, however often this is rendered before it is
  let shown = Math.min(before.current, length)
  for (let room = shown > 0 ? ROOM : ROOM / 4; shown < length && room > 0; shown += 1) room -= weightOf(of[shown])
  usePainting(() => {
    before.current = shown
    if (shown === length) return undefined
    const frame = requestAnimationFrame(goOn)
    return () => cancelAnimationFrame(frame)
  }, [shown, length])
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
