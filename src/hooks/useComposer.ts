'use client'
import { useCallback, useRef, useState } from 'react'
import type { ComponentProps, FormEvent, KeyboardEvent } from 'react'
import { useStore } from 'zustand'
import { useConversationKit } from '../provider/index.ts'
import { ConversationError } from '../transport/index.ts'
import { useLatest } from './useLatest.ts'

export interface UseComposerOptions {
  /** Gets the text. When it rejects because the assistant is still answering, the text comes back. */
  onSubmit: (text: string) => void | Promise<unknown>
  /** Keeps what is typed in the store under this key, so that it is there again after the component has gone. */
  draftKey?: string
  /**
   * What sends. Ctrl+Enter and ⌘+Enter do in any case, and `'mod+enter'` leaves Enter to lines.
   * @default Enter, but not on a touch screen: its keyboard has no other key for a line
   */
  submitKey?: 'enter' | 'mod+enter'
  /** How long a text may be, in UTF-16 units without the white space around it, as the API counts. A longer one is not sent, nor cut. */
  maxLength?: number
}

export interface UseComposerResult {
  value: string
  setValue: (value: string) => void
  submit: () => void
  /** How long the text is, as `maxLength` counts. */
  length: number
  /** Whether there is nothing but white space. */
  isEmpty: boolean
  isTooLong: boolean
  /** Whether an input method is composing: keys belong to it then. */
  isComposing: boolean
  inputProps: Pick<
    ComponentProps<'textarea'>,
    'value' | 'onChange' | 'onKeyDown' | 'onCompositionStart' | 'onCompositionEnd'
  >
  formProps: Pick<ComponentProps<'form'>, 'onSubmit'>
}

/** On a touch screen the button that sends is under the thumb, and Enter is the only key for a line. */
const isTouch = () => globalThis.matchMedia?.('(pointer: coarse)').matches

/** What is typed, and when it is sent: by the form, and by Enter unless an input method composes. Shift+Enter is a new line. */
export function useComposer(options: UseComposerOptions): UseComposerResult {
  const { onSubmit, draftKey, submitKey, maxLength = Infinity } = options
  const { store } = useConversationKit()
  const draft = useStore(store, (state) => (draftKey === undefined ? '' : (state.drafts[draftKey] ?? '')))
  const [own, setOwn] = useState('')
  const [isComposing, setComposing] = useState(false)
  const value = draftKey === undefined ? own : draft
  const { length } = value.trim()

  const typed = useRef(own)
  const read = useCallback(
    () => (draftKey === undefined ? typed.current : (store.getState().drafts[draftKey] ?? '')),
    [draftKey, store],
  )
  const setValue = useCallback(
    (text: string) => {
      if (draftKey !== undefined) return store.getState().actions.setDraft(draftKey, text)
      typed.current = text
      setOwn(text)
    },
    [draftKey, store],
  )

  const latest = useLatest(onSubmit)
  const submit = useCallback(() => {
    // Read where it is kept: two submits in one tick find it empty the second time.
    const text = read()
    const { length } = text.trim()
    if (length === 0 || length > maxLength) return
    setValue('')
    Promise.resolve(latest.current(text)).catch((error: unknown) => {
      // Only what was not taken comes back; what failed on its way is on the screen.
      const refused = ConversationError.is(error) && error.code === 'BUSY'
      if (refused && read() === '') setValue(text)
    })
  }, [read, setValue, latest, maxLength])

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    // Safari ends the composition before it tells of the key; 229 is what a key is that belongs to an input method.
    if (isComposing || event.nativeEvent.isComposing || event.keyCode === 229 || event.defaultPrevented) return
    const { key, shiftKey, altKey } = event
    const mod = event.ctrlKey || event.metaKey
    if (key !== 'Enter') return
    if (!mod && (shiftKey || altKey || (submitKey ?? (isTouch() ? '' : 'enter')) !== 'enter')) return
    event.preventDefault()
    submit()
  }
  return {
    value,
    setValue,
    submit,
    length,
    isEmpty: length === 0,
    isTooLong: length > maxLength,
    isComposing,
    inputProps: {
      value,
      onChange: (event) => setValue(event.target.value),
      onKeyDown,
      onCompositionStart: () => setComposing(true),
      onCompositionEnd: () => setComposing(false),
    },
    formProps: {
      onSubmit: (event: FormEvent) => {
        event.preventDefault()
        submit()
      },
    },
  }
}
