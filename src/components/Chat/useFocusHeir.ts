'use client'
import { useRef } from 'react'
import type { Ref, RefCallback } from 'react'
import { useBrowserLayoutEffect } from '../../hooks/index.ts'
import { useMergedRef } from '../../internal/index.ts'

/**
 * For what goes away when it is pressed. If it has the focus then, another part of the chat inherits it: the focus would
 * begin again at the top of the page. Gives the ref for it, which takes the user's along.
 */
export function useFocusHeir<E extends HTMLElement>(
  heir: 'input' | 'viewport',
  given: Ref<E> | undefined,
): RefCallback<E> {
  const ref = useRef<E>(null)
  useBrowserLayoutEffect(() => {
    const element = ref.current
    // While this runs the element is still on the page, and still has the focus.
    return () => {
      if (!element?.contains(document.activeElement)) return
      const next = element.closest('[data-ck="root"]')?.querySelector<HTMLElement>(`[data-ck="${heir}"]`)
      // On a touch screen a field with the focus is a keyboard over half the page.
      const touched = matchMedia('(pointer: coarse)').matches && !document.activeElement?.matches(':focus-visible')
      if (!(touched && heir === 'input')) next?.focus({ preventScroll: true })
    }
  }, [heir])
  return useMergedRef(given, ref)
}
