import { exportTranscript, transcriptFileName } from './transcript.ts'
import type { TranscriptFormat, TranscriptOptions } from './transcript.ts'
import type { ChatMessage } from '../../hooks/index.ts'

const TYPES = { markdown: 'text/markdown;charset=utf-8', json: 'application/json' }

/** Gives a talk to the reader as a file. */
export function download(
  messages: readonly ChatMessage[],
  format: TranscriptFormat,
  options: TranscriptOptions & { title: string },
): void {
  const file = new Blob([exportTranscript(messages, format, options)], { type: TYPES[format] })
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = transcriptFileName(options.title, format)
  link.click()
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
