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
  const latest = useLatest(composer)
  const recall = useRef<Recall>(undefined)
  return (event) => {
    const { isComposing, isEmpty, setValue } = latest.current
    // An arrow chooses among the words of an input method; 229 is what a key is that belongs to one.
    if (isComposing || event.nativeEvent.isComposing || event.keyCode === 229 || event.defaultPrevented) return
    if (event.shiftKey || event.altKey || event.ctrlKey || event.metaKey) return
    const field = { read: () => latest.current.value, write: setValue, view }
    if (recall.current) recall.current(event, field)
    else if (event.key === 'ArrowUp' && isEmpty) {
      // Few people ask for it: downloaded by the first press.
      void import('./recall.ts').then(({ createRecall }) => {
        recall.current = createRecall()
        recall.current(event, field)
      })
    }
  }
}
