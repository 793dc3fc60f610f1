'use client'
import { useEffect, useState } from 'react'
import { useThreadView } from '../../hooks/index.ts'
import { moreWords } from '../../internal/english/more.ts'
import { part, renderPart } from '../../internal/index.ts'
import type { PartProps } from '../../internal/index.ts'
import { useLocale, useStrings } from '../useStrings.ts'
import { useChatControls, useChatId, useChatInfo } from './context.ts'
import type { ChatState } from './context.ts'
import type { TranscriptFormat } from './transcript.ts'

/** Every field is also a data attribute. */
export interface ChatExportState extends ChatState {
  /** While older messages are read for it. */
  exporting: boolean
}

export interface ChatExportProps extends Omit<PartProps<ChatExportState, HTMLButtonElement>, 'title'> {
  /** @default 'markdown' */
  format?: TranscriptFormat
  /** Stands over the transcript and names the file. @default the title of a chat without one */
  title?: string
}

/** Gives the reader the whole talk as a file; older messages are read first. Renders a `<button>`. */
export const ChatExport = part<HTMLButtonElement, ChatExportProps>(function ChatExport({
  format = 'markdown',
  title,
  ...props
}) {
  const { loadOlder } = useChatControls('Export')
  const { status, phase, hasOlder, historyError } = useChatInfo('Export')
  const view = useThreadView(useChatId('Export').threadId)
  const words = useStrings(moreWords)
  const locale = useLocale()
  /** How many pages were asked for; `null` when nothing is exported. */
  const [pages, setPages] = useState<number | null>(null)
  useEffect(() => {
    if (pages === null) return
    if (pages > 0 && historyError) {
      // The chat says what went wrong. Half a talk is not given out as a whole one.
      setPages(null)
    } else if (hasOlder) {
      void loadOlder().then(() => setPages((now) => (now === null ? now : now + 1)))
    } else {
      setPages(null)
      const messages = view.keys().flatMap((key) => view.row(key) ?? [])
      const options = { title: title ?? words.title, locale, messages: words }
      // Only who exports downloads what it takes.
      void import('./download.ts').then(({ download }) => download(messages, format, options)).catch(() => {})
    }
  }, [pages, hasOlder, historyError, loadOlder, view, format, title, words, locale])
  const own = {
    type: 'button',
    'aria-busy': pages !== null,
    onClick: () => setPages((now) => now ?? 0),
    children: words.export,
  }
  const state = { status, phase, exporting: pages !== null }
  return renderPart({ tag: 'button', name: 'export', state, own }, props)
})
