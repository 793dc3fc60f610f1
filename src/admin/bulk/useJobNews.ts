'use client'
import { useEffect, useRef, useState } from 'react'
import { useLocale, useStrings } from '../../components/index.ts'
import { bulkWords } from '../../internal/english/admin/bulk.ts'
import type { ShownJob } from './types.ts'
import { isOver } from './job.ts'
import { endOf, titleOf } from './titles.ts'

/** What is said aloud of jobs: once that one has begun, and once how it has ended. Never how far it is. */
export function useJobNews(jobs: readonly ShownJob[]): string {
  const words = useStrings(bulkWords)
  const locale = useLocale()
  const [news, setNews] = useState('')
  const told = useRef(new Map<string, 'begun' | 'over'>())
  useEffect(() => {
    for (const { job } of jobs) {
      const now = isOver(job) ? 'over' : 'begun'
      if (told.current.get(job.id) === now) continue
      told.current.set(job.id, now)
      const title = titleOf(job, words, locale)
      setNews(now === 'over' ? `${title}. ${endOf(job, words, locale)}` : title)
    }
  }, [jobs, words, locale])
  return news
}
