'use client'
import { createContext } from 'react'
import type { ComponentType } from 'react'
import type { Messages } from '../internal/index.ts'

type CommonWords = Pick<Messages, 'copy' | 'copied' | 'done' | 'toDo' | 'wrapLines'>
type RareWords = Pick<Messages, 'image' | 'showImage' | 'notes' | 'note' | 'noteBack'>

/** What is said in Markdown besides its own text. */
export type MarkdownWords = CommonWords & RareWords

/** Images and notes bring their own words in English. */
export type GivenWords = CommonWords & Partial<RareWords>

/** Shows the text of a block of code its own way. `closed`: it is all there. `inline`: it stands in a sentence, as a formula may. */
export type CodeRenderer = ComponentType<{ text: string; closed: boolean; inline: boolean }>

/** What is put in place of the usual elements, and what may be asked for. */
export interface MarkdownRenderers {
  /** By the language of a block of code: `math` for formulas, those in a sentence (`$x^2$`) too; `mermaid` for diagrams. */
  code?: Record<string, CodeRenderer>
  /**
   * The origins (`https://images.example`) that images may come from, or a function that says it of an address. An image from elsewhere is
   * shown as its text with a button. @default none
   */
  images?: readonly string[] | ((url: URL) => boolean)
}

/** Read by the leaves only, so that nothing else is rendered when it changes. */
export interface Shared extends MarkdownRenderers {
  words: GivenWords
  /** Begins the ids of this text. */
  id: string
}

export const SharedContext = createContext<Shared | null>(null)

/** The renderer of a language. A name in a text may be `constructor`. */
export function rendererOf({ code }: MarkdownRenderers, language: string): CodeRenderer | undefined {
  const name = language.toLowerCase()
  return code && Object.hasOwn(code, name) ? code[name] : undefined
}
