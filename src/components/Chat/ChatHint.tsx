'use client'
import { useEffect } from 'react'
import type { UseComposerResult } from '../../hooks/index.ts'
import { useOnline } from '../../hooks/index.ts'
import { part, renderPart } from '../../internal/index.ts'
import type { PartProps } from '../../internal/index.ts'
import { useLocale, useStrings } from '../useStrings.ts'
import { useComposerContext } from './composer.ts'
import type { ComposerFiles } from './composer.ts'
import { useChatControls } from './context.ts'
import type { ChatState } from './context.ts'

/** What is said below the field. */
export interface Hint {
  text: string
  /** Said aloud when this changes. */
  stage: number
}

/** From which part of the limit on the reader is told how much is left. */
const NEAR = 0.8

/** The most pressing thing there is to say of what is being written. */
export function useHint(
  { length }: UseComposerResult,
  maxLength: number | undefined,
  files: ComposerFiles | null,
): Hint | undefined {
  const words = useStrings()
  const locale = useLocale()
  const online = useOnline()
  if (maxLength !== undefined && length >= maxLength * NEAR) {
    const over = length - maxLength
    const text =
      over > 0 ? words.charactersOver({ count: over, locale }) : words.charactersLeft({ count: -over, locale })
    // At 80, 90 and 100 per cent, and beyond: never with every key.
    return { text, stage: over > 0 ? 11 : Math.floor((length / maxLength) * 10) }
  }
  if (!online) return { text: words.offline, stage: 1 }
  return files?.hint === undefined ? undefined : { text: files.hint, stage: 0 }
}

/** Every field is also a data attribute. */
export interface ChatHintState extends ChatState {
  /** Whether what is written cannot be sent because it is too long. */
  error: boolean
}

export interface ChatHintProps extends PartProps<ChatHintState, HTMLParagraphElement> {}

/**
 * How many characters are left, near a limit; that there is no network; what is missing. The field is described by it. Renders a
 * `<p>`, or nothing while there is nothing to say.
 */
export const ChatHint = part<HTMLParagraphElement, ChatHintProps>(function ChatHint(props) {
  const { composer, hint, hintId, state } = useComposerContext('Hint')
  const { announcement } = useChatControls('Hint')
  const { text, stage } = hint ?? {}
  useEffect(() => {
    if (stage && text) announcement.set(text)
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the text changes with every key, and is said at some of them
  }, [announcement, stage])
  if (!hint) return null
  const own = { id: hintId, children: text }
  return renderPart({ tag: 'p', name: 'hint', state: { ...state, error: composer.isTooLong }, own }, props)
})
