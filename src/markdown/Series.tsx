'use client'
/* eslint-disable react/no-array-index-key -- text is only added at the end, so the place of a thing in it is its key */
import { memo, useEffect, useState } from 'react'
import type { ComponentType, ReactElement } from 'react'

/** How many are looked at one by one when one is added; those before them are passed over together. */
const SIZE = 32

/** So many come at once; more of them would hold the page. */
const AT_ONCE = 96

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
  /** How many come at once. @default 96 */
  atOnce?: number
}

/**
 * What grows at its end: one more costs as much in the thousandth place as in the first. Where very many are there from the beginning,
 * the page has its turn between them. `view` has to be a `memo`.
 */
export function Series<T, C>({ atOnce = AT_ONCE, ...all }: SeriesProps<T, C>): ReactElement {
  const shown = useShown(all.of.length, atOnce)
  const props = shown < all.of.length ? { ...all, of: all.of.slice(0, shown), open: false } : all
  const groups: ReactElement[] = []
  for (let from = SIZE; from < props.of.length; from += SIZE)
    groups.push(<Group key={from} {...(props as SeriesProps<unknown, unknown>)} from={from} />)
  return (
    <>
      {members(props, 0)}
      {groups}
    </>
  )
}

function useShown(length: number, atOnce: number): number {
  const [before, setBefore] = useState(0)
  const shown = Math.min(length, before + atOnce)
  // One after the other they are never too many; those of another text may be.
  if (shown < before || (shown === length && shown - before > atOnce / 2)) setBefore(shown)
  useEffect(() => {
    if (shown === length) return undefined
    const timer = setTimeout(() => setBefore(shown))
    return () => clearTimeout(timer)
  }, [shown, length])
  return shown
}

type GroupProps = SeriesProps<unknown, unknown> & { from: number }

const Group = memo((props: GroupProps) => <>{members(props, props.from)}</>, sameGroup)

function sameGroup(a: GroupProps, b: GroupProps): boolean {
  const end = a.from + SIZE
  if (a.has !== b.has || Math.min(end, a.of.length) !== Math.min(end, b.of.length)) return false
  if (growing(a, end) !== growing(b, end)) return false
  for (let at = a.from; at < end; at += 1) if (a.of[at] !== b.of[at]) return false
  return true
}

const growing = ({ of, open }: GroupProps, end: number) => open && of.length <= end

const members = <T, C>({ of, view: View, open, has }: SeriesProps<T, C>, from: number) =>
  of
    .slice(from, from + SIZE)
    .map((member, at) => <View key={from + at} of={member} open={open && from + at === of.length - 1} has={has} />)
