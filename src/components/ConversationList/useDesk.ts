'use client'
import { useSyncExternalStore } from 'react'
import { createCell } from '../../internal/index.ts'
import type { Desk } from './desk/desk.ts'

const found = createCell<Desk | undefined>(undefined)
const nothing = () => undefined
const never = () => nothing

const subscribe = (listener: () => void) => {
  if (!found.get()) import('./desk/desk.ts').then(({ desk }) => found.set(desk), nothing)
  return found.subscribe(listener)
}

/** What few lists need, downloaded when one is shown that does; nothing until then. */
export const useDesk = (wanted: boolean): Desk | undefined =>
  useSyncExternalStore(wanted ? subscribe : never, wanted ? found.get : nothing, nothing)
