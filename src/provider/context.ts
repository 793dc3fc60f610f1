'use client'
import type { QueryClient } from '@tanstack/react-query'
import { createContext, useContext } from 'react'
import type { AdminMessages, Messages } from '../internal/index.ts'
import type { QueryTransport } from '../queries/index.ts'
import type { ChatStore, JoinOptions } from '../store/index.ts'

/** What the hooks stand on. The object stays the same as long as the provider's props are the same. */
export interface ConversationKit {
  client: QueryTransport
  queryClient: QueryClient
  store: ChatStore
  /** Milliseconds between two commits of a streamed reply at least; `false` commits every event. */
  streamThrottle: number | false
  /** Which stored messages are rows, where they are others than those that people read in a talk. */
  include?: JoinOptions['include']
}

/** Words and how to write dates, read by components only. */
export interface ConversationLocale {
  locale?: string
  messages?: Partial<Messages & AdminMessages>
}

export const KitContext = createContext<ConversationKit | null>(null)
export const LocaleContext = createContext<ConversationLocale>({})

/** What the nearest provider gives. */
export function useConversationKit(): ConversationKit {
  const kit = useContext(KitContext)
  if (!kit) {
    throw new Error('Wrap this part of the tree in <ConversationProvider>.')
  }
  return kit
}

/** The words and the locale the nearest provider was given. */
export const useConversationLocale = (): ConversationLocale => useContext(LocaleContext)
