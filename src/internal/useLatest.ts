'use client'
import { useLayoutEffect, useRef } from 'react'
import type { RefObject } from 'react'

/** A ref to the newest value, for handlers and effects that must not begin again when it changes. */
export function useLatest<T>(value: T): Readonly<RefObject<T>> {
  const ref = useRef(value)
  useLayoutEffect(() => {
    ref.current = value
  })
  return ref
}
