'use client'
/* eslint-disable react/no-array-index-key -- a token has no name but its place */
import { memo, useState } from 'react'
import type { ReactElement } from 'react'
import { checkIcon, copyIcon, useCopy, wrapIcon } from '../internal/index.ts'
import { useTokens } from './highlight/useTokens.ts'
import { OwnCode } from './OwnCode.tsx'
import { Series } from './Series.tsx'
import { rendererOf } from './shared.ts'
import { useShared } from './useShared.ts'

interface CodeBlockProps {
  language: string
  /** The text, cut at ends of lines; all but the last stay what they are while it grows. */
  parts: readonly string[]
  /** Whether it is all there; half a program is not copied. */
  closed: boolean
}

/** A program, to be read and copied, or what the page shows in its place. */
export function CodeBlock(props: CodeBlockProps): ReactElement {
  const own = rendererOf(useShared(), props.language)
  if (!own) return <Program {...props} />
  return (
    <div className="ck-block">
      <OwnCode by={own} text={props.parts.join('')} closed={props.closed} inline={false} />
    </div>
  )
}

const Program = memo(function Program({ language, parts, closed }: CodeBlockProps): ReactElement {
  const [wrap, setWrap] = useState(false)
  const tokens = useTokens(language, parts, closed)
  const [grew] = useState(!closed)
  return (
    <figure className="ck-program" data-wrap={wrap ? '' : undefined}>
      <figcaption className="ck-program-bar">
        <span>{language}</span>
        {closed && <Tools parts={parts} wrap={wrap} onWrap={() => setWrap(!wrap)} />}
      </figcaption>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex, jsx-a11y/prefer-tag-over-role -- what scrolls must be reached with the keyboard, by name */}
      <pre className="ck-program-text" role="group" aria-label={language} dir="ltr" tabIndex={0}>
        <code>
          {tokens ? (
            tokens.map(([text, kind], index) =>
              kind ? (
                <span key={index} className="ck-token" data-kind={kind}>
                  {text}
                </span>
              ) : (
                text
              ),
            )
          ) : grew || parts[1] ? (
            <Series of={parts} view={Lines} open={false} />
          ) : (
            parts[0]
          )}
        </code>
      </pre>
    </figure>
  )
})

/** A box of its own: the browser need not lay out the lines above when one is added. */
export const Lines = memo(function Lines({ of }: { of: string }) {
  return <span className="ck-lines">{of}</span>
})

interface ToolsProps {
  parts: readonly string[]
  wrap: boolean
  onWrap: () => void
}

function Tools({ parts, wrap, onWrap }: ToolsProps) {
  const { words } = useShared()
  const [copied, copy] = useCopy(parts.join(''))
  const label = copied ? words.copied : words.copy
  return (
    <>
      <button
        type="button"
        className="ck-copy"
        aria-pressed={wrap}
        aria-label={words.wrapLines}
        title={words.wrapLines}
        onClick={onWrap}
      >
        {wrapIcon}
      </button>
      <button
        type="button"
        className="ck-copy"
        data-copied={copied ? '' : undefined}
        aria-label={label}
        title={label}
        onClick={copy}
      >
        {copied ? checkIcon : copyIcon}
      </button>
    </>
  )
}
