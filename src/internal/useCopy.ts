'use client'
import { useEffect, useState } from 'react'

const COPIED_MS = 2000

/** Copies a text, and for two seconds knows that it did. Without the right to write there nothing is copied, and nothing says so. */
export function useCopy(text: string, onCopied?: () => void): [copied: boolean, copy: () => void] {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return undefined
    const timer = setTimeout(() => setCopied(false), COPIED_MS)
    return () => clearTimeout(timer)
  }, [copied])
  const write = async () => {
    await navigator.clipboard.writeText(text)
    setCopied(true)
    onCopied?.()
  }
  return [copied, () => void write().catch(() => {})]
}
