'use client'
import { createElement, Fragment, memo } from 'react'
import type { ComponentType, ReactElement, ReactNode } from 'react'
import type { ChatMessage, MessagePart, ToolPart } from '../../hooks/index.ts'
import { AlertIcon, CheckIcon, ChevronIcon, StopIcon } from '../../internal/index.ts'
import { Markdown, PlainText } from '../../markdown/index.ts'
import { useStrings } from '../useStrings.ts'
import { useMessageContext } from './ChatMessage.tsx'
import { useChatControls } from './context.ts'
import { useFocusHeir } from './useFocusHeir.ts'

type TextRenderer = ComponentType<{ text: string; streaming: boolean; message: ChatMessage }>
type ToolRenderer = ComponentType<{ part: ToolPart; message: ChatMessage }>
type DataRenderer = ComponentType<{ data: unknown; message: ChatMessage }>

/** Own components for the parts of a message; what is not given is rendered as usual. */
export interface PartRenderers {
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

/** What a message says, part by part: text, reasoning, tools. Renders no element of its own. */
export function ChatParts({ parts: renderers = NO_RENDERERS, children }: ChatPartsProps): ReactElement {
  const { message } = useMessageContext('Parts')
  return (
    <>
      {message.parts.map((part, index) => (
        // eslint-disable-next-line react/no-array-index-key -- parts are only added at the end
        <Fragment key={index}>
          {children ? children({ part, index }) : <Part part={part} message={message} renderers={renderers} />}
        </Fragment>
      ))}
      <MessageNote message={message} />
    </>
  )
}

interface PartViewProps {
  part: MessagePart
  message: ChatMessage
  renderers: PartRenderers
}

function Part({ part, message, renderers }: PartViewProps): ReactElement | null {
  switch (part.type) {
    case 'text': {
      const Text = renderers.text ?? (message.role === 'assistant' ? MarkdownText : PlainText)
      return part.text ? createElement(Text, { text: part.text, streaming: part.streaming, message }) : null
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

function MarkdownText({ text, streaming }: { text: string; streaming: boolean }) {
  return <Markdown text={text} streaming={streaming} words={useStrings()} />
}

/** What the model thought before it answered, folded: it is there for who asks. */
const Reasoning = memo(function Reasoning({ text, streaming }: { text: string; streaming: boolean }) {
  const words = useStrings()
  return (
    <details className="ck-reasoning" data-streaming={streaming ? '' : undefined}>
      <summary className="ck-reasoning-summary">
        <ChevronIcon />
        {streaming ? words.thinking : words.reasoning}
      </summary>
      <div className="ck-reasoning-text">
        <PlainText text={text} streaming={false} />
      </div>
    </details>
  )
})

/** One line for what the assistant did besides talking. */
function ToolLine({ part: { name, state } }: { part: ToolPart }) {
  const words = useStrings()
  const label = { running: words.toolRunning, done: words.toolDone, error: words.toolFailed }[state]
  return (
    <p className="ck-tool" data-state={state}>
      {state === 'done' ? <CheckIcon /> : state === 'error' ? <AlertIcon /> : <span className="ck-spinner" />}
      {label({ name })}
    </p>
  )
}

/** What became of a message that is not simply there: nothing written yet, stopped, broken off. */
function MessageNote({ message: { key, role, status, parts } }: { message: ChatMessage }): ReactElement | null {
  const words = useStrings()
  if (status === 'queued') return <Waiting id={key} />
  const last = parts.at(-1)
  const silent =
    !last || (last.type === 'tool' ? last.state !== 'running' : last.type === 'reasoning' && !last.streaming)
  if (status === 'streaming' && silent) return <Thinking />
  if (status === 'stopped')
    return (
      <p className="ck-note">
        <StopIcon />
        {words.replyStopped}
      </p>
    )
  if (status === 'failed')
    return (
      <p className="ck-note" data-error="">
        <AlertIcon />
        {role === 'user' ? words.notSent : words.replyFailed}
      </p>
    )
  return null
}

/** A message that is still to be sent, and can be taken back. */
function Waiting({ id }: { id: string }): ReactElement {
  const { cancel } = useChatControls('Parts')
  const words = useStrings()
  return (
    <p className="ck-note">
      {words.queued}
      <button type="button" className="ck-cancel" ref={useFocusHeir('input', undefined)} onClick={() => cancel(id)}>
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
