'use client'
import { useEffect, useLayoutEffect, useRef } from 'react'
import type { RefObject } from 'react'

const useBrowserLayoutEffect = typeof document === 'undefined' ? useEffect : useLayoutEffect

/** What was rendered last, for functions that must not change and must not be old. */
export function useLatest<T>(value: T): RefObject<T> {
  const latest = useRef(value)
  useBrowserLayoutEffect(() => {
    latest.current = value
  })
  return latest
}
