'use client'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { imageWords } from '../internal/english/image.ts'
import type { MarkdownRenderers } from './shared.ts'
import { useShared } from './useShared.ts'

export interface ImageProps {
  /** Absent while the address is still being written, and where it is none we allow. */
  src?: string
  alt: string
  title?: string
  /** In a link there is no button. */
  inLink: boolean
}

/** An image from where the page allows it. One from elsewhere is its text, its host and a button: nobody is asked for it before. */
export function Image({ src, alt, title, inLink }: ImageProps): ReactElement {
  const { words: given, images } = useShared()
  const words = { ...imageWords, ...given }
  const [state, setState] = useState<'blocked' | 'wanted' | 'failed'>('blocked')
  const url = addressOf(src)
  const text = alt || words.image
  if (url && state !== 'failed' && (state === 'wanted' || allows(images, url))) {
    return (
      <img
        className="ck-image"
        src={url.href}
        alt={alt}
        title={title}
        loading="lazy"
        decoding="async"
        referrerPolicy="no-referrer"
        onError={() => setState('failed')}
      />
    )
  }
  return (
    <span className="ck-image" data-state={state} title={title}>
      <span>{text}</span>
      {url && <span className="ck-image-host">{url.host}</span>}
      {url && !inLink && state === 'blocked' && (
        <button type="button" className="ck-button" onClick={() => setState('wanted')}>
          {words.showImage}
        </button>
      )}
    </span>
  )
}

/** What a picture may be asked for at; data in an address is none. */
const addressOf = (src: string | undefined): URL | undefined =>
  src !== undefined && /^https?:/.test(src) ? new URL(src) : undefined

const allows = (images: MarkdownRenderers['images'], url: URL): boolean =>
  typeof images === 'function' ? images(url) : images?.includes(url.origin) === true
