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
  /** @default 'enter' */
  submitKey?: 'enter' | 'mod+enter'
}

export interface UseComposerResult {
  value: string
  setValue: (value: string) => void
  submit: () => void
  /** Whether there is nothing but white space. */
  isEmpty: boolean
  /** Whether an input method is composing: keys belong to it then. */
  isComposing: boolean
  inputProps: Pick<
    ComponentProps<'textarea'>,
    'value' | 'onChange' | 'onKeyDown' | 'onCompositionStart' | 'onCompositionEnd'
  >
  formProps: Pick<ComponentProps<'form'>, 'onSubmit'>
}

/** What is typed, and when it is sent: by the form, and by Enter unless an input method composes. Shift+Enter is a new line. */
export function useComposer({ onSubmit, draftKey, submitKey = 'enter' }: UseComposerOptions): UseComposerResult {
  const { store } = useConversationKit()
  const draft = useStore(store, (state) => (draftKey === undefined ? '' : (state.drafts[draftKey] ?? '')))
  const [own, setOwn] = useState('')
  const [isComposing, setComposing] = useState(false)
  const value = draftKey === undefined ? own : draft

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
    if (text.trim() === '') return
    setValue('')
    Promise.resolve(latest.current(text)).catch((error: unknown) => {
      // Only what was not taken comes back; what failed on its way is on the screen.
      const refused = ConversationError.is(error) && error.code === 'BUSY'
      if (refused && read() === '') setValue(text)
    })
  }, [read, setValue, latest])

  const onKeyDown = (event: KeyboardEvent) => {
    // Safari ends the composition before it tells of the key; 229 is what a key is that belongs to an input method.
    if (event.key !== 'Enter' || isComposing || event.nativeEvent.isComposing || event.keyCode === 229) return
    const mod = event.ctrlKey || event.metaKey
    const wanted = submitKey === 'enter' ? !event.shiftKey && !event.altKey && !mod : mod
    if (!wanted || event.defaultPrevented) return
    event.preventDefault()
    submit()
  }
  return {
    value,
    setValue,
    submit,
    isEmpty: value.trim() === '',
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
