'use client'
import type { ReactElement, RefAttributes } from 'react'
import { part, renderPart } from '../../internal/index.ts'
import type { PartProps } from '../../internal/index.ts'
import { Markdown as MarkdownText } from '../../markdown/index.ts'
import type { MarkdownRenderers, MarkdownWords } from '../../markdown/index.ts'
import { useStrings } from '../useStrings.ts'

/** Every field is also a data attribute. */
export interface MarkdownState {
  /** Whether more will be added at the end. */
  streaming: boolean
}

export interface MarkdownProps extends Omit<PartProps<MarkdownState, HTMLDivElement>, 'children'>, MarkdownRenderers {
  /** GitHub-flavoured Markdown. Nothing in it becomes HTML, runs, or asks anybody for anything. */
  text: string
  /** Whether more will be added at the end; what is half-written is then shown as what it is about to be. @default false */
  streaming?: boolean
  /** Words of your own. @default those of the provider above, or else in English */
  words?: Partial<MarkdownWords>
}

/** A text in Markdown that may still be written; needs no provider. Renders a `<div>`. */
export const Markdown = part<HTMLDivElement, MarkdownProps>(function Markdown({
  text,
  streaming = false,
  words,
  code,
  images,
  ...props
}: MarkdownProps & RefAttributes<HTMLDivElement>): ReactElement {
  const strings = useStrings()
  return renderPart(
    {
      tag: 'div',
      name: 'markdown',
      state: { streaming },
      own: {
        children: (
          <MarkdownText
            text={text}
            streaming={streaming}
            words={words ? { ...strings, ...words } : strings}
            code={code}
            images={images}
          />
        ),
      },
    },
    props,
  )
})
