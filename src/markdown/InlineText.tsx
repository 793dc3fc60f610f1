'use client'
/* eslint-disable react/no-array-index-key -- text is only added at the end, so the place of a thing in it is its key */
import { createElement, memo, useSyncExternalStore } from 'react'
import type { ReactNode } from 'react'
import { later } from '../internal/index.ts'
import type { ImageProps } from './Image.tsx'
import type { Inline, Runs } from './inline.ts'
import type { NoteMarkProps } from './Notes.tsx'
import { OwnCode } from './OwnCode.tsx'
import { Series } from './Series.tsx'
import { rendererOf } from './shared.ts'
import { useShared } from './useShared.ts'

const Image = later(
  () => import('./Image.tsx').then((module) => module.Image),
  ({ alt }: ImageProps) => <span className="ck-image">{alt}</span>,
)
const NoteMark = later(
  () => import('./Notes.tsx').then((module) => module.NoteMark),
  ({ label }: NoteMarkProps) => <sup className="ck-cite">{label}</sup>,
)

/**
 * The text of one block. `open`: it may still grow. `grew`: it could when it was first shown, and keeps what was made for that, so that
 * what a reader has selected in it stays. Text that is all there when it is first shown needs half as much.
 */
export const inlineText = (text: Runs, open: boolean, grew: boolean): ReactNode =>
  grew || text.length > FEW ? (
    <Series key={0} of={text} view={Run} open={open} />
  ) : (
    render(text.flat(), undefined, false)
  )

/** Pieces of a text that is no longer than people write. */
const FEW = 16

/** A piece of a text; rendered again only when it is another one. */
const Run = memo(function Run({ of: nodes, open }: { of: readonly Inline[]; open: boolean }) {
  return render(nodes, open, false)
})

/** `open`: undefined for what was all there from the beginning, in which a string alone is its element's own text. */
const render = (nodes: readonly Inline[], open: boolean | undefined, inLink: boolean): ReactNode =>
  open === undefined && nodes.length === 1
    ? renderNode(nodes[0]!, 0, open, inLink)
    : nodes.map((node, index) => renderNode(node, index, open, inLink))

function renderNode(node: Inline, key: number, open: boolean | undefined, inLink: boolean): ReactNode {
  if (typeof node === 'string') return node
  switch (node.type) {
    case 'code':
      return node.math ? (
        <Formula key={key} text={node.text} />
      ) : (
        <code key={key} className="ck-code" dir="auto">
          {node.text}
        </code>
      )
    case 'link':
      return (
        <Link key={key} href={node.href} title={node.title} open={open}>
          {node.children.length > 0 ? render(node.children, open, true) : node.href}
        </Link>
      )
    case 'image':
      return <Image key={key} src={node.src} alt={node.alt} title={node.title} inLink={inLink} />
    case 'break':
      return <br key={key} />
    case 'note':
      return <NoteMark key={key} label={node.id} inLink={inLink} />
    default:
      return <node.type key={key}>{render(node.children, open, inLink)}</node.type>
  }
}

/** A formula in a sentence, which the page knows how to set: else it would be text. */
function Formula({ text }: { text: string }) {
  return <OwnCode by={rendererOf(useShared(), 'math')!} text={text} closed inline />
}

const never = () => () => {}
let page: string | undefined
/** A browser takes its time to say it. */
const pageOrigin = () => (page ??= location.origin)
const nothing = () => undefined

interface LinkProps {
  href?: string
  title?: string
  open: boolean | undefined
  children: ReactNode
}

/** A link out of the page; without an address that may be followed it is only its text. */
function Link({ href, title, open, children }: LinkProps) {
  // What is shared is none of its business: there may be hundreds of links.
  const origin = useSyncExternalStore(never, pageOrigin, nothing)
  // Where the address is still to come, the element is already the one that will have it.
  if (href === undefined) return createElement(open ? 'a' : 'span', { className: 'ck-link' }, children)
  const isPage = /^https?:/.test(href)
  const isOurs = href.startsWith(`${origin}/`)
  return (
    <a
      className="ck-link"
      href={href}
      title={title}
      target={isPage ? '_blank' : undefined}
      rel="noopener noreferrer nofollow"
      data-external={isPage && !isOurs ? '' : undefined}
    >
      {children}
    </a>
  )
}
