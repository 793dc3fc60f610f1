'use client'
import { createElement, useEffect, useState } from 'react'
import type { ComponentType } from 'react'

/**
 * A component that few texts need and that is downloaded for the first of them. `instead` is in its place until it is there, and where it
 * cannot be had.
 */
export function downloaded<P extends object>(
  load: () => Promise<ComponentType<P>>,
  instead: ComponentType<P>,
): ComponentType<P> {
  let found: ComponentType<P> | undefined
  return function Later(props: P) {
    const [view, setView] = useState(() => found)
    useEffect(() => {
      if (!view)
        load().then(
          (loaded) => setView(() => (found = loaded)),
          () => {},
        )
    }, [view])
    return createElement(view ?? instead, props)
  }
}
