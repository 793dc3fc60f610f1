'use client'
import { onlineManager } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { isOnline } from './network.ts'

/** Whether there is a network. On a server, and while a page of one is taken over, there is. */
export const useOnline = (): boolean => useSyncExternalStore(subscribe, isOnline, () => true)

function subscribe(listener: () => void) {
  const unsubscribe = onlineManager.subscribe(listener)
  // Query counts as online until it is told otherwise: of a page that was opened without a network only the browser tells.
  globalThis.addEventListener('online', listener)
  return () => {
    unsubscribe()
    globalThis.removeEventListener('online', listener)
  }
}
