'use client'
import { useMemo, useRef, useState } from 'react'
import type { ButtonHTMLAttributes, KeyboardEvent, TextareaHTMLAttributes } from 'react'
import { useBrowserLayoutEffect, useChatStore, useComposer, useLatest } from '../../hooks/index.ts'
import type { UseComposerOptions } from '../../hooks/index.ts'
import { part, renderPart, sendIcon, stopIcon, useMergedRef } from '../../internal/index.ts'
import type { PartProps } from '../../internal/index.ts'
import { useStrings } from '../useStrings.ts'
import { ComposerContext, useComposerContext } from './composer.ts'
import type { ComposerFiles } from './composer.ts'
import { useChatControls, useChatId, useChatInfo } from './context.ts'
import type { ChatState } from './context.ts'
import { keepFocus } from './keepFocus.ts'
import { named } from './named.ts'
import { useFocusHeir } from './useFocusHeir.ts'
import { useRecall } from './useRecall.ts'

export interface ChatComposerProps
  extends PartProps<ChatState, HTMLFormElement>, Pick<UseComposerOptions, 'submitKey' | 'maxLength'> {
  /** Whether nothing can be written or sent for now. */
  disabled?: boolean
}

/** Where the next message is written; a draft stays with its conversation. Renders a `<form>`. */
export const ChatComposer = part<HTMLFormElement, ChatComposerProps>(function ChatComposer({
  submitKey,
  maxLength,
  disabled,
  ...props
}) {
  const { send } = useChatControls('Composer')
  const { status, phase } = useChatInfo('Composer')
  const [files, setFiles] = useState<ComposerFiles | null>(null)
  const onSubmit = files?.submit ?? send
  const composer = useComposer({ onSubmit, draftKey: useDraftKey(), submitKey, maxLength })
  const state = useMemo(() => ({ status, phase }), [status, phase])
  const busy = status === 'submitted' || status === 'streaming'
  const context = useMemo(
    () => ({ composer, state, busy, disabled, maxLength, files, setFiles }),
    [composer, state, busy, disabled, maxLength, files],
  )
  return (
    <ComposerContext.Provider value={context}>
      {renderPart({ tag: 'form', name: 'composer', state, own: composer.formProps }, props)}
    </ComposerContext.Provider>
  )
})

/** The draft of a chat that is not stored yet. */
const NEW = 'new'

/** A draft belongs to its conversation. What is written while a new one is being stored goes along with it. */
function useDraftKey(): string {
  const { conversationId, threadId } = useChatId('Composer')
  const actions = useChatStore((state) => state.actions)
  const created = useChatStore((state) => state.created)
  const written = useLatest(useChatStore((state) => state.drafts[NEW]))
  const before = useRef(threadId)
  useBrowserLayoutEffect(() => {
    if (created[before.current] === threadId && written.current) {
      actions.setDraft(threadId, written.current)
      actions.setDraft(NEW, '')
    }
    before.current = threadId
  }, [threadId, created, written, actions])
  return conversationId ?? NEW
}

export interface ChatInputProps
  extends
    PartProps<ChatState, HTMLTextAreaElement>,
    Pick<
      TextareaHTMLAttributes<HTMLTextAreaElement>,
      'placeholder' | 'disabled' | 'rows' | 'name' | 'required' | 'readOnly'
    > {}

/**
 * Enter sends, unless a word is still being composed; Shift+Enter begins a line, as Enter does on a touch screen. The arrow up brings
 * back what was said before. What is sent while a reply streams waits for its end. Grows with its text. Renders a `<textarea>`.
 */
export const ChatInput = part<HTMLTextAreaElement, ChatInputProps>(function ChatInput(props) {
  const { input } = useChatControls('Input')
  const { composer, state, disabled, files } = useComposerContext('Input')
  const { placeholder } = useStrings()
  const recall = useRecall(composer)
  useBrowserLayoutEffect(() => fitHeight(input.current))
  const { inputProps } = composer
  const own = {
    rows: 1,
    // A field with nothing in it reads as the page does, and so does its placeholder.
    dir: inputProps.value ? 'auto' : undefined,
    placeholder,
    'aria-label': props.placeholder ?? placeholder,
    disabled,
    readOnly: Boolean(files?.instead),
    'aria-invalid': composer.isTooLong || undefined,
    'data-long': composer.length > LONG ? '' : undefined,
    ...inputProps,
    onKeyDown: (event: KeyboardEvent<HTMLTextAreaElement>) => {
      recall(event)
      inputProps.onKeyDown?.(event)
    },
  }
  return renderPart({ tag: 'textarea', name: 'input', state, own }, { ...props, ref: useMergedRef(props.ref, input) })
})

/** A text that is as high as the field can be in any case: to measure it would take a browser long. */
const LONG = 10_000

/** Gives a text field the height of its text where the browser does not do it by itself. */
function fitHeight(field: HTMLTextAreaElement | null): void {
  if (!field || 'long' in field.dataset || 'fieldSizing' in (field.style as object)) return
  field.style.blockSize = 'auto'
  field.style.blockSize = `${field.scrollHeight}px`
}

export interface ChatSendProps
  extends PartProps<ChatState, HTMLButtonElement>, Pick<ButtonHTMLAttributes<HTMLButtonElement>, 'disabled'> {}

/**
 * Sends what is written. Renders a `<button>`, or nothing while a reply is on its way and nothing is written: then `Chat.Stop` is in
 * its place.
 */
export const ChatSend = part<HTMLButtonElement, ChatSendProps>(function ChatSend(props) {
  const { busy, composer, files } = useComposerContext('Send')
  return files?.instead ?? (busy && composer.isEmpty ? null : <SendButton {...props} />)
})

const SendButton = part<HTMLButtonElement, ChatSendProps>(function SendButton(props) {
  const { composer, state, disabled } = useComposerContext('Send')
  const { send } = useStrings()
  const ref = useFocusHeir('input', props.ref)
  const own = {
    type: 'submit',
    onMouseDown: keepFocus,
    disabled: disabled || composer.isEmpty || composer.isTooLong,
    ...named(send, props.children),
    children: sendIcon,
  }
  return renderPart({ tag: 'button', name: 'send', state, own }, { ...props, ref })
})

export interface ChatStopProps
  extends PartProps<ChatState, HTMLButtonElement>, Pick<ButtonHTMLAttributes<HTMLButtonElement>, 'disabled'> {}

/** Ends the reply where it is. Renders a `<button>`, or nothing while there is nothing to stop. */
export const ChatStop = part<HTMLButtonElement, ChatStopProps>(function ChatStop(props) {
  const { busy } = useComposerContext('Stop')
  return busy ? <StopButton {...props} /> : null
})

const StopButton = part<HTMLButtonElement, ChatStopProps>(function StopButton(props) {
  const { stop: onClick } = useChatControls('Stop')
  const { state } = useComposerContext('Stop')
  const { stop } = useStrings()
  const ref = useFocusHeir('input', props.ref)
  const own = {
    type: 'button',
    onMouseDown: keepFocus,
    onClick,
    ...named(stop, props.children),
    children: stopIcon,
  }
  return renderPart({ tag: 'button', name: 'stop', state, own }, { ...props, ref })
})
