import type { ChatMessage } from '../../hooks/index.ts'
import { whenIdle } from '../../internal/index.ts'
import { createPlainText, toPlainText } from '../../markdown/index.ts'
import type { ChatWords } from '../useStrings.ts'
import type { ChatStatusProps } from './ChatStatus.tsx'
import { createReader } from './sentences.ts'
import type { Reader } from './sentences.ts'

/** What is looked at to know what there is to say. */
export interface Heard {
  announce: NonNullable<ChatStatusProps['announce']>
  conversationId: string | null
  busy: boolean
  /** The newest message. Who says the whole reply is not given half of it. */
  newest: ChatMessage | undefined
  words: ChatWords
  locale: string
}

export interface Teller {
  /** Looks whether there is something to say. */
  look: (now: Heard) => void
  /** Says nothing more. */
  stop: () => void
}

/** Knows when there is something to say, and says it. */
export function createTeller(say: (words: string) => void): Teller {
  let before: Heard | undefined
  let reader: Reader | undefined
  let takeBack: (() => void) | undefined
  const stop = () => {
    takeBack?.()
    reader?.stop()
  }
  return {
    look(now) {
      const { announce, conversationId, busy, newest, words, locale } = now
      const was = before ?? now
      before = now
      // A conversation that is created by its first message is still the same one.
      const switched = was.conversationId !== conversationId && was.conversationId !== null
      const begins = busy && !was.busy
      const { role, status, text = '' } = newest ?? {}
      const says = role === 'assistant'
      const isSilent = announce === 'off' || switched
      if (isSilent || begins) {
        stop()
        reader = undefined
      }
      if (isSilent) say('')
      else if (begins) {
        say(words.typing)
        if (announce === 'sentences') reader = createReader({ say, toPlainText: createPlainText(), locale })
      } else if (busy) {
        if (says) reader?.read(text)
      } else if (was.busy) {
        if (status === 'sent' && says) {
          if (reader) reader.end(text)
          // The last words are painted first; a long answer takes a while to be read.
          else takeBack = whenIdle(() => say(`${words.replyFinished} ${toPlainText(text)}`))
        } else {
          stop()
          say(status === 'stopped' ? words.replyStopped : '')
        }
      }
    },
    stop,
  }
}
