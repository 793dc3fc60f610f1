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
  return known(locale) || (typeof navigator !== 'undefined' && known(navigator.language)) || 'en'
}

/** `Intl` throws at a tag that it does not know, and some browsers give one: `en-US@posix` where the system has no language. */
function known(locale: string | undefined): string | undefined {
  try {
    return locale && Intl.getCanonicalLocales(locale)[0]
  } catch {
    return undefined
  }
}
