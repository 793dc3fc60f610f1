'use client'
import { lazy } from 'react'
import type { ComponentType, LazyExoticComponent } from 'react'

/** A component that is downloaded when it is first shown, inside a `Suspense`. Where that fails there is nothing in its place. */
export const later = <P extends object>(load: () => Promise<ComponentType<P>>): LazyExoticComponent<ComponentType<P>> =>
  lazy(() =>
    load()
      .catch((): ComponentType<P> => () => null)
      .then((loaded) => ({ default: loaded })),
  )
