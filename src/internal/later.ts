'use client'
import { createElement, useEffect, useState } from 'react'
import type { ComponentType } from 'react'
import { part } from './part.ts'

const Nothing = () => null

/**
 * A component that few need and that is downloaded when it is first shown. `instead` is in its place until it is there, on a server, and
 * where it cannot be had. Not `React.lazy`: what suspends on a server cannot be rendered to a string.
 */
export function later<P extends object>(
  load: () => Promise<ComponentType<P>>,
  instead: ComponentType<P> = Nothing,
): ComponentType<P> {
  let found: ComponentType<P> | undefined
  return part<unknown, P>(function Later(props) {
    const [view, setView] = useState(() => found)
    useEffect(() => {
      if (view) return
      load().then(
        (loaded) => setView(() => (found = loaded)),
        () => {},
      )
    }, [view])
    return createElement(view ?? instead, props)
  }) as unknown as ComponentType<P>
}
