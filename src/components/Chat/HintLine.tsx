'use client'
import { useEffect, useId } from 'react'
import { useOnline } from '../../hooks/index.ts'
import { hintWords } from '../../internal/english/hint.ts'
import { part, renderPart } from '../../internal/index.ts'
import { useLocale, useStrings } from '../useStrings.ts'
import type { ChatHintProps } from './ChatHint.tsx'
import { useComposerContext } from './composer.ts'
import { useChatControls } from './context.ts'

/** From which part of the limit on the reader is told how much is left. */
const NEAR = 0.8

interface Hint {
  text: string
  /** Said aloud when this changes; never said when it is nothing. */
  stage?: string | number
}

/** The most pressing thing there is to say of what is being written. */
function useHint(): Hint | undefined {
  const { composer, maxLength, files } = useComposerContext('Hint')
  const words = useStrings(hintWords)
  const locale = useLocale()
  const online = useOnline()
  const { length } = composer
  if (maxLength !== undefined && length >= maxLength * NEAR) {
    const left = maxLength - length
    if (left < 0) return { text: words.charactersOver({ count: -left, locale }), stage: 'over' }
    // At 80, 90 and 100 per cent: never with every key.
    return { text: words.charactersLeft({ count: left, locale }), stage: Math.floor((length / maxLength) * 10) }
  }
  if (!online) return { text: words.offline, stage: 'offline' }
  return files?.hint === undefined ? undefined : { text: files.hint }
}

/** What `Chat.Hint` shows. */
export const HintLine = part<HTMLParagraphElement, ChatHintProps>(function HintLine(props) {
  const { composer, state } = useComposerContext('Hint')
  const { announcement, input } = useChatControls('Hint')
  const { text, stage } = useHint() ?? {}
  const ownId = useId()
  const { id = ownId } = props

  useEffect(() => {
    if (stage !== undefined && text !== undefined) announcement.set(text)
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the text changes with every key, and is said at some of them
  }, [announcement, stage])

  const shown = text !== undefined
  useEffect(() => {
    // The field was there before this was loaded.
    const field = input.current
    const own = field?.getAttribute('aria-describedby')
    if (!shown || !field) return undefined
    field.setAttribute('aria-describedby', own ? `${own} ${id}` : id)
    return () => (own ? field.setAttribute('aria-describedby', own) : field.removeAttribute('aria-describedby'))
  }, [input, shown, id])

  if (!shown) return null
  const own = { id, children: text }
  return renderPart({ tag: 'p', name: 'hint', state: { ...state, error: composer.isTooLong }, own }, props)
})
