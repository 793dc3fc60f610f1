'use client'
import { useCallback } from 'react'
import type { Ref } from 'react'

/** Hands an element to a ref of either kind. */
export function setRef<E>(ref: Ref<E> | undefined, element: E | null): void {
  if (typeof ref === 'function') ref(element)
  else if (ref) ref.current = element
}

/** One ref for two. */
export function mergeRefs<E extends HTMLElement>(one: Ref<E> | undefined, two: Ref<HTMLElement> | undefined) {
  if (!two) return one
  return (element: E | null) => {
    setRef(one, element)
    setRef(two, element)
  }
}

/** One ref for the user's and our own, the same function as long as they are. */
export function useMergedRef<E extends HTMLElement>(one: Ref<E> | undefined, two: Ref<E> | undefined) {
  return useCallback(
    (element: E | null) => {
      setRef(one, element)
      setRef(two, element)
    },
    [one, two],
  )
}
