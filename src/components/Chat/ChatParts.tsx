'use client'
import { createElement, Fragment, memo, useState } from 'react'
import type { ComponentType, ReactElement, ReactNode } from 'react'
import { useBrowserLayoutEffect, useMessageKeys } from '../../hooks/index.ts'
import type { ChatMessage, MessagePart, ToolPart } from '../../hooks/index.ts'
import { alertIcon, checkIcon, chevronIcon, later, stopIcon } from '../../internal/index.ts'
import { Markdown, PlainText } from '../../markdown/index.ts'
import type { MarkdownRenderers } from '../../markdown/index.ts'
import { errorText } from '../errorText.ts'
import { useLocale, useStrings } from '../useStrings.ts'
import type { ChatWords } from '../useStrings.ts'
import { useToldMessage } from './ChatMessage.tsx'
import { useChatControls, useChatId } from './context.ts'
import { useFocusHeir } from './useFocusHeir.ts'

type TextRenderer = ComponentType<{ text: string; streaming: boolean; message: ChatMessage }>
type ToolRenderer = ComponentType<{ part: ToolPart; message: ChatMessage }>
type DataRenderer = ComponentType<{ data: unknown; message: ChatMessage }>

/** Own components for the parts of a message; what is not given is rendered as usual. */
export interface PartRenderers extends MarkdownRenderers {
  text?: TextRenderer
  reasoning?: TextRenderer
  /** By the name of the function. */
  tools?: Record<string, ToolRenderer>
  /** For the tools not in `tools`. */
  toolFallback?: ToolRenderer
  /** By the name of the data. What has no renderer is not shown. */
  data?: Record<string, DataRenderer>
}

export interface ChatPartsProps {
  parts?: PartRenderers
  /** In place of all of that: a function of each part. */
  children?: (context: { part: MessagePart; index: number }) => ReactNode
}

const NO_RENDERERS: PartRenderers = {}

const Editor = later(
  () => import('./ChatEditor.tsx').then((module) => module.ChatEditor),
  ({ said }) => said,
)

/** What a message says, part by part: text, reasoning, tools. Renders no element of its own. */
export function ChatParts({ parts: renderers = NO_RENDERERS, children }: ChatPartsProps): ReactElement {
  const { message, state, editing } = useToldMessage('Parts')
  const words = useStrings()
  const said = (
    <>
      {message.parts.map((part, index) => (
        // eslint-disable-next-line react/no-array-index-key -- parts are only added at the end
        <Fragment key={index}>
          {children ? children({ part, index }) : <Part {...{ part, message, renderers, words }} />}
        </Fragment>
      ))}
      <MessageNote {...{ message, words }} last={state.last} />
    </>
  )
  return editing ? <Editing said={said} /> : said
}

/** What the message says, until there is the field to say it otherwise in. */
function Editing({ said }: { said: ReactElement }): ReactElement {
  const { message, setEditing } = useToldMessage('Parts')
  const { edit, input } = useChatControls('Parts')
  const keys = useMessageKeys(useChatId('Parts').threadId)
  const words = useStrings()
  // The answer to it is replaced; of all else that goes the reader is told before.
  const removes = keys.length - keys.indexOf(message.key) > 2
  return <Editor {...{ said, message, edit, input, words, removes, errorText, setEditing }} />
}

interface PartViewProps {
  part: MessagePart
  message: ChatMessage
  renderers: PartRenderers
  words: ChatWords
}

function Part({ part, message, renderers, words }: PartViewProps): ReactElement | null {
  switch (part.type) {
    case 'text': {
      const { text, streaming } = part
      if (!text) return null
      if (!renderers.text && message.role === 'assistant')
        return <Markdown {...{ text, streaming, words }} code={renderers.code} images={renderers.images} />
      return createElement(renderers.text ?? PlainText, { text, streaming, message })
    }
    case 'reasoning': {
      const View = renderers.reasoning ?? Reasoning
      return createElement(View, { text: part.text, streaming: part.streaming, message })
    }
    case 'tool': {
      const Tool = own(renderers.tools, part.name) ?? renderers.toolFallback ?? ToolLine
      return createElement(Tool, { part, message })
    }
    default: {
      const Data = own(renderers.data, part.name)
      return Data ? createElement(Data, { data: part.data, message }) : null
    }
  }
}

/** A name from the network may be `constructor`. */
const own = <T,>(record: Record<string, T> | undefined, name: string): T | undefined =>
  record && Object.hasOwn(record, name) ? record[name] : undefined

interface FoldProps {
  name: 'reasoning' | 'tool'
  state: Record<string, string | undefined>
  /** The line that is always seen. */
  label: ReactNode
  onOpen?: (open: boolean) => void
  children: ReactNode
}

/** A line that unfolds to more. */
const Fold = ({ name, state, label, onOpen, children }: FoldProps) => (
  <details className={`ck-${name}`} {...state} onToggle={onOpen && ((event) => onOpen(event.currentTarget.open))}>
    <summary className="ck-fold">
      {label}
      {chevronIcon}
    </summary>
    <div className="ck-fold-body">{children}</div>
  </details>
)

/** A thought with more letters than this did not begin when it is first seen, so nobody here knows how long it takes. */
const FIRST_WORDS = 1000

/** What the model thought before it answered, folded: it is there for who asks. */
const Reasoning = memo(function Reasoning({ text, streaming }: { text: string; streaming: boolean }) {
  const words = useStrings()
  const locale = useLocale()
  const [since] = useState(() => (streaming && text.length < FIRST_WORDS ? Date.now() : undefined))
  const [took, setTook] = useState<number>()
  useBrowserLayoutEffect(() => {
    if (since !== undefined && !streaming) setTook(Date.now() - since)
  }, [since, streaming])
  const seconds = Math.floor((took ?? 0) / 1000)
  const done = seconds ? words.thoughtFor({ seconds, locale }) : words.reasoning
  return (
    <Fold
      name="reasoning"
      state={{ 'data-streaming': streaming ? '' : undefined }}
      label={streaming ? words.thinking : done}
    >
      <PlainText text={text} streaming={streaming} />
    </Fold>
  )
})

const Details = later(() => import('./ToolDetails.tsx').then((module) => module.ToolDetails))

/** One line for what the assistant did besides talking, and what it did it with for who asks. */
function ToolLine({ part }: { part: ToolPart }) {
  const { name, state } = part
  const words = useStrings()
  const [open, setOpen] = useState(false)
  const label = { running: words.toolRunning, done: words.toolDone, error: words.toolFailed }[state]
  return (
    <Fold
      name="tool"
      state={{ 'data-state': state }}
      onOpen={setOpen}
      label={
        <>
          {state === 'done' ? checkIcon : state === 'error' ? alertIcon : <span className="ck-spinner" />}
          {label({ name })}
        </>
      }
    >
      {open && <Details part={part} words={words} />}
    </Fold>
  )
}

/** What became of a message that is not simply there: nothing written yet, stopped, broken off, cut off. */
function MessageNote({ message, words, last: newest }: { message: ChatMessage; words: ChatWords; last: boolean }) {
  const { key, role, status, parts, text, end } = message
  if (status === 'queued') return <Waiting id={key} text={text} />
  const last = parts.at(-1)
  const silent =
    !last || (last.type === 'tool' ? last.state !== 'running' : last.type === 'reasoning' && !last.streaming)
  if (status === 'streaming' && silent) return <Thinking />
  const failed = status === 'failed'
  if (!failed && !end && status !== 'stopped') return null
  return (
    <p className="ck-note" data-error={failed ? '' : undefined} data-end={end}>
      {failed || end ? alertIcon : stopIcon}
      {failed ? (role === 'user' ? words.notSent : words.replyFailed) : end ? words.replyCutOff : words.replyStopped}
      {end && newest && <GoOn />}
    </p>
  )
}

/** Lets the assistant speak on, where the server has what it said. */
function GoOn(): ReactElement | null {
  const { goOn } = useChatControls('Parts')
  const { conversationId } = useChatId('Parts')
  const { goOn: label } = useStrings()
  const ref = useFocusHeir<HTMLButtonElement>('input', undefined)
  if (!conversationId) return null
  return (
    <button type="button" className="ck-cancel" ref={ref} onClick={goOn}>
      {label}
    </button>
  )
}

/** The name of a button says which message it is for by this much of it. */
const FIRST_LETTERS = 40

/** A message that is still to be sent, and can be taken back. */
function Waiting({ id, text }: { id: string; text: string }): ReactElement {
  const { cancel } = useChatControls('Parts')
  const words = useStrings()
  return (
    <p className="ck-note">
      {words.queued}
      <button
        type="button"
        className="ck-cancel"
        aria-label={`${words.cancel}: ${text.slice(0, FIRST_LETTERS)}`}
        ref={useFocusHeir('input', undefined)}
        onClick={() => cancel(id)}
      >
        {words.cancel}
      </button>
    </p>
  )
}

/** Shown until the first word. */
export function Thinking(): ReactElement {
  return (
    <p className="ck-thinking">
      <span className="ck-dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      {useStrings().thinking}
    </p>
  )
}
