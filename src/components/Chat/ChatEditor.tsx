'use client'
import { useEffect, useRef, useState } from 'react'
import type { KeyboardEvent, ReactElement } from 'react'
import type { ChatMessage } from '../../hooks/index.ts'
import { editorWords } from '../../internal/english/editor.ts'
import type { ConversationError } from '../../transport/index.ts'
import type { errorText } from '../errorText.ts'
import type { ChatWords } from '../useStrings.ts'
import type { ChatControls } from './context.ts'

/** What is needed for it. Given, so that this can be downloaded alone. */
interface ChatEditorProps extends Pick<ChatControls, 'edit' | 'input'> {
  message: ChatMessage
  /** What it says now. */
  said: ReactElement
  words: ChatWords
  /** Whether more than the answer follows the message. */
  removes: boolean
  errorText: typeof errorText
  setEditing: (editing: boolean) => void
}

/**
 * A message of one's own, being written anew. Enter sends it as in the composer, Escape leaves it as it was. When it cannot be
 * sent it stays open, with all that was written, and says why.
 */
export function ChatEditor(props: ChatEditorProps): ReactElement {
  const { message, removes, edit, input, errorText, setEditing } = props
  const words = { ...editorWords, ...props.words }
  const [text, setText] = useState(message.text)
  const [pending, setPending] = useState(false)
  const [error, setError] = useState<ConversationError>()
  const field = useRef<HTMLTextAreaElement>(null)

  useEffect(() => {
    const { current } = field
    current?.focus({ preventScroll: true })
    current?.setSelectionRange(current.value.length, current.value.length)
    current?.scrollIntoView({ block: 'nearest' })
  }, [])

  const discard = () => {
    field.current?.closest('[data-ck="message"]')?.querySelector<HTMLElement>('[data-ck="edit"]')?.focus()
    setEditing(false)
  }
  const send = () => {
    if (text.trim() === '' || pending || !message.id) return
    setPending(true)
    setError(undefined)
    edit(message.id, text).then(
      () => {
        // The button it was opened with is of no use while the answer is on its way.
        if (!matchMedia('(pointer: coarse)').matches) input.current?.focus({ preventScroll: true })
        setEditing(false)
      },
      (reason: ConversationError) => {
        setPending(false)
        setError(reason)
        field.current?.focus()
      },
    )
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // 229 is what a key is that belongs to an input method.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return
    if (event.key === 'Escape') {
      event.stopPropagation()
      discard()
    } else if (event.key === 'Enter' && !event.shiftKey && !event.altKey) {
      event.preventDefault()
      send()
    }
  }
  return (
    <form
      className="ck-editor"
      aria-busy={pending}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <textarea
        ref={field}
        className="ck-editor-input"
        dir="auto"
        rows={1}
        enterKeyHint="send"
        aria-label={words.edit}
        value={text}
        readOnly={pending}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {removes && <p className="ck-note">{words.editRemoves}</p>}
      {error && (
        <p className="ck-note" data-error="" role="alert">
          {errorText(error, words)}
        </p>
      )}
      <div className="ck-editor-actions">
        <button type="button" className="ck-button" data-quiet="" disabled={pending} onClick={discard}>
          {words.discard}
        </button>
        <button type="submit" className="ck-button" disabled={pending || text.trim() === ''}>
          {words.send}
        </button>
      </div>
    </form>
  )
}
