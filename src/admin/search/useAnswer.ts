'use client'
import { useEffect, useState } from 'react'
import type { SearchAnswer, SearchOptions } from './answer.ts'
import type { Search } from './createSearch.ts'

interface Answered {
  answer: SearchAnswer | undefined
  isSearching: boolean
  error: Error | undefined
}

/** How often a question is asked again while much is being added, in milliseconds. */
const AGAIN_MS = 400
const NOTHING: Answered = { answer: undefined, isSearching: false, error: undefined }

/** The answer to a question, which is asked again when what is searched has changed. The last one stays until the next is there. */
export function useAnswer(
  search: Search | undefined,
  question: string | undefined,
  { limit, facets }: Required<SearchOptions>,
): Answered {
  const revision = useRevision(search)
  const [answered, setAnswered] = useState(NOTHING)
  const [last, setLast] = useState<unknown[]>([])
  const now = [search, question, limit, facets, revision]
  // While rendering, so that nobody sees a question beside the answer to no question.
  if (now.some((value, at) => value !== last[at])) {
    setLast(now)
    setAnswered((before) => (question === undefined ? NOTHING : { ...before, isSearching: true }))
  }

  useEffect(() => {
    if (!search || question === undefined) return undefined
    const stop = new AbortController()
    search.query(question, { limit, facets, signal: stop.signal }).then(
      (answer) => setAnswered({ answer, isSearching: false, error: undefined }),
      (error: unknown) => {
        if (stop.signal.aborted || (error as Error).name === 'AbortError') return
        setAnswered((before) => ({ ...before, isSearching: false, error: error as Error }))
      },
    )
    return () => stop.abort()
    // eslint-disable-next-line react/exhaustive-effect-dependencies -- the same question has another answer then
  }, [search, question, limit, facets, revision])
  return answered
}

/** A number that grows when what is searched has changed: at once when all was added, now and then before. */
function useRevision(search: Search | undefined): number {
  const [revision, setRevision] = useState(0)
  useEffect(() => {
    if (!search) return undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    const grow = () => {
      clearTimeout(timer)
      timer = undefined
      setRevision((before) => before + 1)
    }
    const unsubscribe = search.subscribe(() => {
      if (search.getStatus().pending === 0) grow()
      else timer ??= setTimeout(grow, AGAIN_MS)
    })
    return () => {
      clearTimeout(timer)
      unsubscribe()
    }
  }, [search])
  return revision
}
