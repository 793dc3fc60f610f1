'use client'
import { createElement, useSyncExternalStore } from 'react'
import type { ComponentType } from 'react'
import { createCell } from './cell.ts'
import { part } from './part.ts'

const nothing = () => undefined

/**
 * A component that few need and that is downloaded when it is first shown. `instead` is in its place until it is there, on a server, and
 * where it cannot be had. Not `React.lazy`: what suspends on a server cannot be rendered to a string.
 */
export function later<P extends object>(
  load: () => Promise<ComponentType<P>>,
  instead?: ComponentType<P>,
): ComponentType<P> {
  const found = createCell<ComponentType<P> | undefined>(undefined)
  const subscribe = (listener: () => void) => {
    if (!found.get()) load().then(found.set, nothing)
    return found.subscribe(listener)
  }
  return part<unknown, P>(function Later(props) {
    const view = useSyncExternalStore(subscribe, found.get, nothing) ?? instead
    return view ? createElement(view, props) : null
  }) as unknown as ComponentType<P>
}
