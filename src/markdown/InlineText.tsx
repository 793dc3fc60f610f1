/* eslint-disable react/no-array-index-key -- text is only added at the end, so the place of a thing in it is its key */
import type { ReactElement, ReactNode } from 'react'
import { parseInline } from './inline.ts'
import type { Inline } from './inline.ts'

/** The text of one block. */
export function InlineText({ text, open }: { text: string; open?: boolean }): ReactElement {
  return <>{render(parseInline(text, open))}</>
}

const render = (nodes: readonly Inline[]): ReactNode => nodes.map((node, index) => <Node key={index} node={node} />)

function Node({ node }: { node: Inline }): ReactNode {
  if (typeof node === 'string') return node
  switch (node.type) {
    case 'code':
      return (
        <code className="ck-code" dir="auto">
          {node.text}
        </code>
      )
    case 'link':
      return <Link href={node.href}>{node.children.length > 0 ? render(node.children) : node.href}</Link>
    default:
      return <node.type>{render(node.children)}</node.type>
  }
}

/** A link out of the page; without an address that may be followed it is only its text. */
function Link({ href, children }: { href?: string; children: ReactNode }) {
  if (href === undefined) return <span className="ck-link">{children}</span>
  return (
    <a className="ck-link" href={href} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  )
}
