import { exportTranscript } from '../../components/index.ts'
import type { ChatMessage } from '../../hooks/index.ts'
import type { MessageInstance } from '../../protocol/index.ts'
import type { Formatter } from './formats.ts'
import { speakerOf } from './words.ts'
import type { ExportWords } from './words.ts'

/** How times and words of a file are written. */
export interface FileLanguage {
  /** A BCP 47 tag: times are written in it, in the reader's time zone. Without it they are told in UTC. */
  locale?: string
  words: ExportWords
}

/** An array of conversations, one a line. */
export const jsonFormatter = (): Formatter => ({
  type: 'application/json',
  ending: 'json',
  piece: (conversation) => [JSON.stringify(conversation)],
  frames: () => [{ part: 0, before: '[\n', between: ',\n', after: '\n]\n' }],
})

/** What people said, as Markdown, the oldest first. */
export const markdownFormatter = ({ locale, words }: FileLanguage): Formatter => ({
  type: 'text/markdown',
  ending: 'md',
  piece: ({ name, messages }) => {
    const title = name?.trim() || words.untitled
    // Each in its own transcript would have its own title.
    const talk = messages
      .filter(({ type, text }) => text.trim() !== '' && type !== 'activity')
      .map((message) =>
        exportTranscript([rowOf(message)], 'markdown', {
          locale,
          messages: { you: speakerOf(message.type, words), assistant: words.assistant },
        }),
      )
    return [[exportTranscript([], 'markdown', { title }), ...talk].join('\n')]
  },
  frames: () => [{ part: 0, before: '', between: '\n---\n\n', after: '' }],
})

const rowOf = ({ id, type, text, createdAt }: MessageInstance): ChatMessage => ({
  key: id,
  id,
  // Only what the assistant says is Markdown already.
  role: type === 'bot' ? 'assistant' : 'user',
  type,
  text,
  parts: [],
  status: 'sent',
  createdAt,
})
