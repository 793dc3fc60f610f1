'use client'
import { forwardRef } from 'react'
import type { ForwardRefExoticComponent, PropsWithoutRef, ReactElement, RefAttributes } from 'react'

/** A component that gets its `ref` among its props, in React 18 as in React 19. */
export function part<E, P extends object>(
  render: (props: P & RefAttributes<E>) => ReactElement | null,
): ForwardRefExoticComponent<PropsWithoutRef<P> & RefAttributes<E>> {
  const component = forwardRef<E, P>((props, ref) => render({ ...(props as P), ref }))
  component.displayName = render.name
  return component
}
