import type {
  CompleteResult,
  ConversationCompleteMessageResponse,
  ConversationCompleteResponse,
  ConversationReceiveMessageResponse,
  ConversationSendMessageResponse,
  Entity,
  Message,
  Usage,
} from './types.ts'

/** One line of a stream. Engine events also carry `createdAt`, epoch milliseconds. */
export interface StreamEvent<T extends string = string, D = unknown> {
  type: T
  data: D
  createdAt?: number
}

/** The list element of a list stream. */
export type ItemEvent<T> = StreamEvent<'item', T>

/** What a run says about an action that the server carries out itself. */
export interface OperationData {
  id: string
  action: {
    id: string
    kind?: 'dataset' | 'skillset' | 'function' | (string & {})
    name?: string
    input?: unknown
    justification?: string
    icon?: string
  }
}

/** What a run says while it waits for the caller to answer a function through a channel. */
export interface ChannelWaitData {
  channel?: string
  function?: { name: string; args?: unknown }
  message?: unknown
  [member: string]: unknown
}

/** The mark of one model call. */
export interface IterationData {
  instance?: string
  iteration?: string
  [member: string]: unknown
}

/** Every event the protocol names for a run. `R` is what the last line carries. */
export type KnownStreamEvent<R = CompleteResult> =
  | StreamEvent<'token', { token: string; type?: string }>
  | StreamEvent<'reasoningToken', { token: string; type?: string }>
  | StreamEvent<'message', Message>
  | StreamEvent<'result', R>
  | StreamEvent<'usage', { model: string; inputTokensUsed: number; outputTokensUsed: number }>
  | StreamEvent<'abort', { reason?: unknown; functionName?: string; instance?: string; iteration?: string }>
  | StreamEvent<'error', { message: string; code?: string }>
  | StreamEvent<'completeBegin' | 'completeEnd', IterationData>
  | StreamEvent<'waitForChannelMessageBegin' | 'waitForChannelMessageEnd', ChannelWaitData>
  | StreamEvent<'sendResult', { id?: string; text?: string; entities?: Entity[]; usage?: Usage }>
  | StreamEvent<'receiveResult', CompleteResult>
  | StreamEvent<'intentDetectionBegin' | 'intentDetectionEnd', OperationData>
  | StreamEvent<'operationBegin' | 'operationEnd', OperationData>
  | StreamEvent<'compactionBegin', { messagesToSummarize?: number; messagesToKeep?: number; estimatedTokens?: number }>
  | StreamEvent<'compactionEnd', { success?: boolean }>
  | StreamEvent<'progressReport', { id: string; step: number; total: number; eta: number | null }>
  | StreamEvent<'audio', { data: string; format: { encoding: string; sampleRate: number; channels: number } }>
  | StreamEvent<'ping' | 'nop', Record<string, unknown>>

/** An event that this version of the kit has no name for. It is passed through untouched. */
export interface UnknownStreamEvent {
  type: string
  data?: unknown
  createdAt?: number
}

/**
 * What a run streams. Switch on `type`. What newer servers add arrives too: the `default` case, where nothing that has a name is left, may
 * call it an {@link UnknownStreamEvent}.
 */
export type ConversationStreamEvent<R = CompleteResult> = KnownStreamEvent<R>

/** What a subscription to a channel streams: the event of a run, or whatever was published, wrapped in a `message`. */
export type ChannelEvent =
  | StreamEvent<'message', ConversationStreamEvent | Record<string, unknown>>
  | StreamEvent<'error', { message: string; code?: string }>
  | StreamEvent<'ping' | 'nop', Record<string, unknown>>

// The names of the reference pages. They list three event types a stream; ours are wider, and every one of theirs fits.
export type ConversationCompleteStreamToken = StreamEvent<'token', { token: string }>
export type ConversationCompleteMessage = StreamEvent<'message', Message>
export type ConversationCompleteStreamResult = StreamEvent<'result', ConversationCompleteResponse>
export type ConversationCompleteStreamType = ConversationStreamEvent
export type ConversationCompleteMessageStreamToken = ConversationCompleteStreamToken
export type ConversationCompleteMessageStreamMessage = ConversationCompleteMessage
export type ConversationCompleteMessageStreamResult = StreamEvent<'result', ConversationCompleteMessageResponse>
export type ConversationCompleteMessageStreamType = ConversationStreamEvent<ConversationCompleteMessageResponse>
export type ConversationSendMessageStreamResult = StreamEvent<'result', ConversationSendMessageResponse>
export type ConversationSendMessageStreamType = ConversationStreamEvent<ConversationSendMessageResponse>
export type ConversationReceiveMessageStreamToken = ConversationCompleteStreamToken
export type ConversationReceiveMessageStreamMessage = ConversationCompleteMessage
export type ConversationReceiveMessageStreamResult = StreamEvent<'result', ConversationReceiveMessageResponse>
export type ConversationReceiveMessageStreamType = ConversationStreamEvent<ConversationReceiveMessageResponse>
