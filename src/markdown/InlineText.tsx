/* eslint-disable react/no-array-index-key -- text is only added at the end, so the place of a thing in it is its key */
import { memo } from 'react'
import type { ReactElement, ReactNode } from 'react'
import type { Inline, Runs } from './inline.ts'

/** The text of one block. */
export function InlineText({ text }: { text: Runs }): ReactElement {
  return (
    <>
      {text.map((nodes, index) => (
        <Run key={index} nodes={nodes} />
      ))}
    </>
  )
}

/** A piece of a text; rendered again only when it is another one. */
const Run = memo(function Run({ nodes }: { nodes: readonly Inline[] }) {
  return <>{render(nodes)}</>
})

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
    case 'image':
      return <Link href={node.src}>{node.alt || node.src}</Link>
    case 'break':
      return <br />
    case 'note':
      return <sup className="ck-note">{node.id}</sup>
    case 'math':
      return <code className="ck-code">{node.text}</code>
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
