'use client'
import { useMemo } from 'react'
import { english } from '../internal/index.ts'
import type { Messages } from '../internal/index.ts'
import { useConversationLocale } from '../provider/index.ts'

/** The words of the page: the provider's, and ours where it gives none. */
export function useStrings(): Messages {
  const { messages } = useConversationLocale()
  return useMemo(() => (messages ? { ...english, ...messages } : english), [messages])
}

/** The locale that dates and numbers are written in. */
export function useLocale(): string {
  const { locale } = useConversationLocale()
  return locale ?? (typeof navigator === 'undefined' ? 'en' : navigator.language)
}
