'use client'
import { later, part, whenIdle } from '../../internal/index.ts'
import type { PartProps } from '../../internal/index.ts'
import { useComposerContext } from './composer.ts'
import type { ChatState } from './context.ts'

/** Every field is also a data attribute. */
export interface ChatHintState extends ChatState {
  /** Whether what is written cannot be sent because it is too long. */
  error: boolean
}

export interface ChatHintProps extends PartProps<ChatHintState, HTMLParagraphElement> {}

// Nothing of it is needed to begin to write, and it has to be here when the network goes.
const Hint = later(() =>
  new Promise<void>(whenIdle).then(() => import('./HintLine.tsx')).then((module) => module.HintLine),
)

/**
 * How many characters are left, near a limit; that there is no network; what is missing. The field is described by it. Renders a
 * `<p>`, or nothing while there is nothing to say.
 */
export const ChatHint = part<HTMLParagraphElement, ChatHintProps>(function ChatHint(props) {
  useComposerContext('Hint')
  return <Hint {...props} />
})
