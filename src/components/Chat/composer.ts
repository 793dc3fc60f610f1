'use client'
import { createContext, useContext } from 'react'
import type { ReactElement } from 'react'
import type { useComposer } from '../../hooks/index.ts'
import { outside } from './context.ts'
import type { ChatState } from './context.ts'

/** What the files of a composer change in it, told by the module that is loaded for them. */
export interface ComposerFiles {
  /** In the place of sending: uploads first. */
  submit: (text: string) => void
  /** Takes files of a picker. */
  choose: (files: readonly File[]) => void
  /** As the attribute of a file input. */
  accept: string | undefined
  multiple: boolean
  /** While files are on their way: the button in the place of Send. The text is theirs then, and stays as it is. */
  instead: ReactElement | null
  /** What is missing. */
  hint: string | undefined
}

export interface ComposerContextValue {
  composer: ReturnType<typeof useComposer>
  state: ChatState
  busy: boolean
  disabled: boolean | undefined
  maxLength: number | undefined
  files: ComposerFiles | null
  setFiles: (files: ComposerFiles | null) => void
}

export const ComposerContext = createContext<ComposerContextValue | null>(null)

export function useComposerContext(part: string): ComposerContextValue {
  return useContext(ComposerContext) ?? outside(part, 'Composer')
}
