'use client'
import { startTransition, useEffect, useState } from 'react'
import { whenIdle } from '../../internal/index.ts'
import type { Token } from './tokens.ts'

/** Characters; beyond them a program stays as it is. */
const MAX_CODE = 50_000

let recall: ((language: string, code: string) => readonly Token[] | undefined) | undefined

/**
 * What a program is made of, once it is all there and its language has been downloaded. Nothing until then, nor for a language that is
 * not known, nor when the download fails.
 */
export function useTokens(language: string, parts: readonly string[], closed: boolean): readonly Token[] | undefined {
  const [found, setFound] = useState(() => ({
    parts,
    tokens: closed && recall ? recall(language, parts.join('')) : undefined,
  }))
  const tokens = found.parts === parts ? found.tokens : undefined
  useEffect(() => {
    if (!closed || language === '' || tokens) return undefined
    const code = parts.join('')
    if (code.length >= MAX_CODE) return undefined
    let wanted = true
    const read = async () => {
      const module = await import('./highlight.ts')
      ;({ recall } = module)
      const tokens = await module.highlight(language, code)
      if (wanted && tokens) startTransition(() => setFound({ parts, tokens }))
    }
    // Words come before colours.
    const takeBack = whenIdle(() => void read().catch(() => {}))
    return () => {
      wanted = false
      takeBack()
    }
  }, [language, parts, closed, tokens])
  return tokens
}
