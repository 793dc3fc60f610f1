'use client'
import type { ReactElement } from 'react'
import type { ToolPart } from '../../hooks/index.ts'
import { toolWords } from '../../internal/english/tool.ts'

/** More letters than this are not shown: a result may be megabytes. */
const MOST_LETTERS = 20_000

interface ToolDetailsProps {
  part: ToolPart
  /** Those of the page, who may have given these as well. */
  words: object
}

/** What a tool was called with, and what came of it. */
export function ToolDetails({ part: { args, result, error }, words: given }: ToolDetailsProps): ReactElement {
  const words = { ...toolWords, ...given }
  return (
    <>
      <Value label={words.toolArguments} value={args} words={words} />
      <Value label={words.toolResult} value={error ?? result} words={words} />
    </>
  )
}

function Value({ label, value, words }: { label: string; value: unknown; words: typeof toolWords }) {
  if (value === undefined) return null
  const text = written(value)
  return (
    <figure className="ck-value">
      <figcaption className="ck-value-label">{label}</figcaption>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex, jsx-a11y/prefer-tag-over-role -- what scrolls has to be reached by keys, and then named; a group of things that are one text has no tag */}
      <pre className="ck-value-text" dir="ltr" tabIndex={0} role="group" aria-label={label}>
        {text.slice(0, MOST_LETTERS)}
      </pre>
      {text.length > MOST_LETTERS && <p className="ck-value-label">{words.shortened}</p>}
    </figure>
  )
}

/** A text as it is, all else as JSON over several lines. */
function written(value: unknown): string {
  if (typeof value === 'string') return value
  try {
    return JSON.stringify(value, undefined, 2) ?? String(value)
  } catch {
    return String(value)
  }
}
