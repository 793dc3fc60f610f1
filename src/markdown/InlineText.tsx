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

/** Pieces of a text that are there at once. */
const RUNS = 4

/**
 * The text of one block. `open`: it may still grow. `grew`: it could when it was first shown, and keeps what was made for that: what a
 * reader has selected in it stays. Text that is first shown when it is all there needs half as much.
 */
export function inlineText(text: Runs, open: boolean, grew: boolean): ReactNode {
  if (!grew && text.length === 1) return render(text[0]!, { open, grew, inLink: false })
  const runs = text
    .slice(0, RUNS)
    .map((nodes, index) => <Run key={index} of={nodes} open={open && index === text.length - 1} />)
  if (text.length > RUNS) runs.push(<Series key={RUNS} of={text.slice(RUNS)} view={Run} open={open} has={undefined} />)
  return runs
}

/** A piece of a text; rendered again only when it is another one. */
const Run = memo(function Run({ of: nodes, open }: { of: readonly Inline[]; open: boolean }) {
  return <>{render(nodes, { open, grew: true, inLink: false })}</>
})

interface Place {
  open: boolean
  grew: boolean
  inLink: boolean
}

/** A single string that stays one is its element's own text. */
const render = (nodes: readonly Inline[], place: Place): ReactNode =>
  !place.grew && nodes.length === 1 && typeof nodes[0] === 'string'
    ? nodes[0]
    : nodes.map((node, index) => renderNode(node, index, place))

function renderNode(node: Inline, key: number, place: Place): ReactNode {
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
        <Link key={key} href={node.href} title={node.title} open={place.open}>
          {node.children.length > 0 ? render(node.children, { ...place, inLink: true }) : node.href}
        </Link>
      )
    case 'image':
      return <Image key={key} src={node.src} alt={node.alt} title={node.title} inLink={place.inLink} />
    case 'break':
      return <br key={key} />
    case 'note':
      return <NoteMark key={key} label={node.id} inLink={place.inLink} />
    default:
      return <node.type key={key}>{render(node.children, place)}</node.type>
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
  open: boolean
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
