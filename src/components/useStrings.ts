'use client'
import { useMemo } from 'react'
import { chatWords } from '../internal/index.ts'
import type { AdminMessages, Messages } from '../internal/index.ts'
import { useConversationLocale } from '../provider/index.ts'

type All = Messages & AdminMessages
type Words<More> = Pick<All, keyof typeof chatWords | (keyof More & keyof All)>

/** Those that are always there. */
export type ChatWords = Words<object>

/** The words of the page: the provider's, and ours where it gives none. `more`: those that only some part has. */
export function useStrings<More extends Partial<All> = object>(more?: More): Words<More> {
  const { messages } = useConversationLocale()
  return useMemo(() => {
    const words: Partial<All> = more || messages ? { ...chatWords, ...more, ...messages } : chatWords
    return words as Words<More>
  }, [more, messages])
}

/** The locale that dates and numbers are written in. */
export function useLocale(): string {
  const { locale } = useConversationLocale()
  return known(locale) ?? known(globalThis.navigator?.language) ?? 'en'
}

/** `Intl` throws at a tag that it does not know, and some browsers give one: `en-US@posix` where the system has no language. */
function known(locale: string | undefined): string | undefined {
  try {
    return Intl.getCanonicalLocales(locale)[0]
  } catch {
    return undefined
  }
}
