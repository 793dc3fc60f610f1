import type { ConversationKit } from '../provider/index.ts'
import { viewOf } from './view.ts'

/** Walks through what was said before, with the arrow keys and Escape. */
export type Recall = (event: Pressed) => void

interface Pressed {
  key: string
  currentTarget: { selectionStart: number; selectionEnd: number } | null
  preventDefault: () => void
  stopPropagation: () => void
}

interface Field {
  kit: ConversationKit
  /** Of which conversation. `null` is the one of this page that has no id yet. */
  conversationId: string | null
  read: () => string
  write: (text: string) => void
}

/** What the reader said in a conversation, the oldest first, and nothing twice in a row. */
function ownWords({ kit, conversationId }: Field): string[] {
  const { unnamed } = kit.store.getState()
  const view = viewOf(kit, conversationId ?? unnamed ?? '')
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
export function createRecall(of: Field): Recall {
  const { read, write } = of
  let said: string[] = []
  let at = 0
  let before = ''
  const isWalking = (text: string) => at < said.length && text === said[at]
  return (event) => {
    const { key, currentTarget: field } = event
    const text = read()
    const walking = isWalking(text)
    if (!walking) {
      if (key !== 'ArrowUp' || text.trim() !== '') return
      said = ownWords(of)
      at = said.length
      before = text
    }
    let next: number
    if (key === 'Escape') next = said.length
    else if (key === 'ArrowUp') next = at - 1
    else if (key === 'ArrowDown') next = at + 1
    else return
    const inside = field && (field.selectionStart !== text.length || field.selectionEnd !== text.length)
    if (next < 0 || (walking && key !== 'Escape' && inside)) return
    // Escape may close what the chat is in, and this one is answered here.
    event.preventDefault()
    event.stopPropagation()
    at = next
    write(said[at] ?? before)
  }
}
