'use client'
/* eslint-disable react/no-array-index-key -- text is only added at the end, so the place of a thing in it is its key */
import { memo } from 'react'
import type { ReactElement } from 'react'

export interface PlainTextProps {
  text: string
  /** Whether more will be added at the end. */
  streaming?: boolean
}

/** Text as it was written: nothing in it is markup. Each paragraph takes its direction from its own first letters. */
export const PlainText = memo(function PlainText({ text, streaming }: PlainTextProps): ReactElement {
  const paragraphs = text.split('\n\n')
  return (
    <>
      {paragraphs.map((paragraph, index) => (
        <Paragraph key={index} text={paragraph} open={streaming === true && index === paragraphs.length - 1} />
      ))}
    </>
  )
})

const Paragraph = memo(function Paragraph({ text, open }: { text: string; open: boolean }) {
  return (
    <p className="ck-text" dir="auto" data-open={open ? '' : undefined}>
      {text}
    </p>
  )
})
