'use client'
import { memo } from 'react'
import type { ReactElement } from 'react'
import { CheckIcon, CopyIcon, useCopy } from '../internal/index.ts'

/** What is said in Markdown besides its own text. */
export interface CodeWords {
  copy: string
  copied: string
  /** The state of a task in a list. */
  done: string
  toDo: string
}

interface CodeBlockProps {
  language: string
  text: string
  /** Whether it is all there; half a program is not copied. */
  closed: boolean
  words: CodeWords
}

/** A program, to be read and copied. */
export const CodeBlock = memo(function CodeBlock({ language, text, closed, words }: CodeBlockProps): ReactElement {
  const [copied, copy] = useCopy(text)
  const label = copied ? words.copied : words.copy
  return (
    <figure className="ck-program">
      <figcaption className="ck-program-bar">
        <span>{language}</span>
        {closed && (
          <button
            type="button"
            className="ck-copy"
            data-copied={copied ? '' : undefined}
            aria-label={label}
            title={label}
            onClick={copy}
          >
            {copied ? <CheckIcon /> : <CopyIcon />}
          </button>
        )}
      </figcaption>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached with the keyboard */}
      <pre className="ck-program-text" dir="ltr" tabIndex={0}>
        <code>{text}</code>
      </pre>
    </figure>
  )
})
