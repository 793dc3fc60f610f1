'use client'
import { useRef } from 'react'
import type { KeyboardEvent } from 'react'
import { useLatest, useThreadView } from '../../hooks/index.ts'
import type { UseComposerResult } from '../../hooks/index.ts'
import { useChatId } from './context.ts'
import type { Recall } from './recall.ts'

/** With the arrow up in an empty field, brings back what was said in this conversation. Gives the handler for its keys. */
export function useRecall(composer: UseComposerResult): (event: KeyboardEvent<HTMLTextAreaElement>) => void {
  const view = useThreadView(useChatId('Input').threadId)
  const field = useLatest({ composer, view })
  // Downloaded by the first key.
  const recall = useRef<Recall>((event) => {
    import('./recall.ts').then(
      ({ createRecall }) => {
        recall.current = createRecall()
        recall.current(event, field.current)
      },
      () => {},
    )
  })
  return (event) => recall.current(event, field.current)
}
