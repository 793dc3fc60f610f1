import type { KeyboardEvent } from 'react'
import type { ThreadView, UseComposerResult } from '../../hooks/index.ts'

interface Field {
  composer: Pick<UseComposerResult, 'value' | 'setValue' | 'isComposing'>
  /** What was said so far in the conversation that the field is of. */
  view: ThreadView
}

/** Walks through what was said before, with the arrow keys and Escape. */
export type Recall = (event: KeyboardEvent<HTMLTextAreaElement>, field: Field) => void

/** What the reader said in a conversation, the oldest first, and nothing twice in a row. */
function ownWords(view: ThreadView): string[] {
  const words: string[] = []
  for (const key of view.keys()) {
    const row = view.row(key)
    if (row?.role === 'user' && row.text !== words.at(-1)) words.push(row.text)
  }
  return words
}

/**
 * Begins with the arrow up in an empty field. Goes on as long as what it wrote is as it was and the caret is at its end: what
 * is changed is a text of the reader's own, and the arrows move the caret in it. Beyond the newest one, and with Escape, what was
 * in the field before is there again.
 */
export function createRecall(): Recall {
  let from: ThreadView | undefined
  let said: string[] = []
  let at = 0
  let before = ''
  return (event, { composer: { value: text, setValue: write, isComposing }, view }) => {
    // An arrow chooses among the words of an input method; 229 is what a key is that belongs to one.
    if (isComposing || event.nativeEvent.isComposing || event.keyCode === 229 || event.defaultPrevented) return
    if (event.shiftKey || event.altKey || event.ctrlKey || event.metaKey) return
    const { key, currentTarget } = event
    // Gone from an event that has waited for this.
    const caret = currentTarget as HTMLTextAreaElement | null
    const walking = from === view && at < said.length && text === said[at]
    if (!walking) {
      if (key !== 'ArrowUp' || text.trim() !== '') return
      from = view
      said = ownWords(view)
      at = said.length
      before = text
    }
    let next: number
    if (key === 'Escape') next = said.length
    else if (key === 'ArrowUp') next = at - 1
    else if (key === 'ArrowDown') next = at + 1
    else return
    const inside = caret && (caret.selectionStart !== text.length || caret.selectionEnd !== text.length)
    if (next < 0 || (walking && key !== 'Escape' && inside)) return
    // Escape may close what the chat is in, and this one is answered here.
    event.preventDefault()
    event.stopPropagation()
    at = next
    write(said[at] ?? before)
  }
}
