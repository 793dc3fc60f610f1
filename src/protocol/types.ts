/**
 * The data both sides of the wire speak of. Names and required members are those of the reference documentation of the
 * conversation API (`ConversationClient`, `conversation/v1`); what newer servers add is optional. Times are epoch milliseconds.
 * A server may answer `null` for any optional member: read them with `?.` and `??`.
 */

/** Who or what a message comes from. `checkpoint`, a summary that replaces what is older for the model, is sent by newer servers only. */
export type MessageType =
  | 'user'
  | 'bot'
  | 'reasoning'
  | 'context'
  | 'instruction'
  | 'backstory'
  | 'activity'
  | 'checkpoint'

export const MESSAGE_TYPES: readonly MessageType[] = [
  'user',
  'bot',
  'reasoning',
  'context',
  'instruction',
  'backstory',
  'activity',
  'checkpoint',
]

/** Free data a user attaches. Keys that begin with `_` are refused by the server. */
// eslint-disable-next-line typescript/no-explicit-any -- the reference type
export type Meta = Record<string, any>

/** One message, as it is sent and streamed. */
export interface Message {
  type: MessageType
  text: string
  meta?: Meta
}

/** A stored message. */
export interface MessageInstance extends Message {
  id: string
  createdAt: number
  updatedAt: number
}

/** What an `activity` message records in `meta.activity`. */
export interface Activity {
  type: 'request' | 'response' | 'trigger'
  function: { name: string; arguments?: unknown; result?: unknown }
}

/** A span of a text, counted in UTF-16 code units (JavaScript string positions): `begin` inclusive, `end` exclusive. */
export interface Entity {
  type: string
  begin: number
  end: number
  text: string
  /** The same span in the safe text, in which every entity is replaced by an opaque token. */
  replacement?: { begin: number; end: number; text: string }
}

/** Knobs of a model; each one is written into the model string, zero included. */
export interface ModelConfig {
  maxTokens?: number
  temperature?: number
  frequencyPenalty?: number
  presencePenalty?: number
  ref?: string
  interactionMaxMessages?: number
  region?: 'us' | 'eu'
}

/** A model: its wire form (`name/key=value/…`), or a name with knobs that becomes it. */
export type Model = string | { name: string; config?: ModelConfig }

export interface ConversationOptions {
  name?: string
  description?: string
  /** The system prompt. */
  backstory?: string
  model?: string
  botId?: string
  datasetId?: string
  skillsetId?: string
  contactId?: string
  taskId?: string
  spaceId?: string
  privacy?: boolean
  moderation?: boolean
  meta?: Meta
}

export interface ConversationInstance extends ConversationOptions {
  id: string
  createdAt: number
  updatedAt: number
  /** When the conversation is deleted by itself. */
  expiresAt?: number | null
}

/** The options of a conversation to write, with the model in either form. */
export type ConversationWriteOptions = Omit<ConversationOptions, 'model'> & { model?: Model }

export interface ListRequest {
  /** Id of the last item already seen; the page begins after it. */
  cursor?: string
  order?: 'desc' | 'asc'
  /** Items a page, 1 to 100. @default 100 */
  take?: number
}

export interface ConversationListRequest extends ListRequest {
  /** Only conversations whose meta has all of these values. */
  meta?: Record<string, string>
}

/** A page. `cursor` is there unless the page is empty, on the last page too. */
export interface Page<T> {
  items: T[]
  cursor?: string | null
}

export interface ConversationListResponse {
  items: ConversationInstance[]
  /** Id of the last item, on the last page too; absent on an empty one. */
  cursor?: string
}
export interface ConversationListStreamItem {
  type: 'item'
  data: ConversationInstance
}
export type ConversationListStreamType = ConversationListStreamItem

export type ConversationFetchResponse = ConversationInstance
/** The answer of most writes. */
export interface Id {
  id: string
}
export type ConversationCreateRequest = ConversationWriteOptions & {
  /** The first messages, stored in this order. */
  messages?: Message[]
  expiresAt?: number | null
}
export type ConversationCreateResponse = Id & { messages?: Message[] }
export type ConversationUpdateRequest = ConversationWriteOptions & { expiresAt?: number | null }
export type ConversationUpdateResponse = Id
export type ConversationDeleteResponse = Id

/** A function that the model may call. */
export interface FunctionDefinition {
  /** A JavaScript name of at most 64 characters that does not begin with `_`. */
  name: string
  description: string
  /** JSON schema of the arguments, an object schema. */
  // eslint-disable-next-line typescript/no-explicit-any -- the reference type
  parameters: any
  /** Who answers the call: the server with `data`, or the caller through `channel`. With neither the run ends with reason `activity`. */
  result?: { data: unknown } | { channel: string }
  /** Call it by itself when the run begins or ends. */
  call?: { start?: boolean; end?: boolean }
}

/** Free data, typed so that the official client, which types it as an empty object, still fits where ours is asked for. */
// eslint-disable-next-line typescript/no-explicit-any -- see above
type LooseMeta = any

/** What a call adds to the bot for one run. */
export interface Extensions {
  backstory?: string
  datasets?: { name?: string; description?: string; records: { text: string; meta?: LooseMeta }[] }[]
  skillsets?: {
    name?: string
    description?: string
    abilities: { name: string; description: string; instruction: string; secretId?: string; meta?: LooseMeta }[]
  }[]
  features?: { name: string; options?: Record<string, unknown> }[]
}

/** Whole numbers of at least 1. */
export interface Limits {
  iterations?: number
  continuations?: number
  calls?: number
}

/** Why a run ended. */
export type EndReason = 'stop' | 'length' | 'activity' | 'iteration' | 'abort' | 'error'

export interface Usage {
  /** Tokens used, cumulative within a run. */
  token: number
}

export interface CompleteResult {
  /** Id of the last message produced; absent when nothing is stored. */
  id?: string
  text: string
  usage: Usage
  /** Absent from `receive` and from older servers. */
  end?: { reason: EndReason }
}

export type ConversationCompleteRequest = ConversationWriteOptions & {
  functions?: FunctionDefinition[]
  extensions?: Extensions
  limits?: Limits
} & ({ text: string; messages?: Message[] } | { messages: Message[]; text?: string })
export type ConversationCompleteResponse = CompleteResult

export interface ConversationCompleteMessageRequest {
  /** What the user says. Without it the stored conversation goes on. */
  text?: string
  entities?: Entity[]
  functions?: FunctionDefinition[]
  extensions?: Extensions
  limits?: Limits
}
export type ConversationCompleteMessageResponse = CompleteResult & Id

export interface ConversationSendMessageRequest {
  /** The server refuses a message without text. */
  text?: string
  entities?: Entity[]
  functions?: FunctionDefinition[]
  extensions?: Extensions
}
export interface ConversationSendMessageResponse {
  id: string
  entities: Entity[]
  text?: string
  usage?: Usage
}

export interface ConversationReceiveMessageRequest {
  functions?: FunctionDefinition[]
  extensions?: Extensions
}
export type ConversationReceiveMessageResponse = CompleteResult & Id

export interface VoteRequest {
  /** 1…100 for an upvote (default 100), -100…-1 for a downvote (default -100). */
  value?: number
  reason?: string
}
export type ConversationUpvoteRequest = VoteRequest
export type ConversationDownvoteRequest = VoteRequest
export type ConversationUpvoteResponse = Id
export type ConversationDownvoteResponse = Id

export interface ContactRequest {
  name?: string
  email?: string
  phone?: string
  description?: string
  meta?: Meta
  /** At least 17 characters. Found by it when known. */
  fingerprint?: string
  nick?: string
}
export type ConversationContactUpsertRequest = ContactRequest
export type ConversationContactUpsertResponse = Id & {
  /** The conversation has a contact already, which stays as it is; the server does not say which, so `id` is empty. */
  unchanged?: true
}

// --- beyond the reference pages -------------------------------------------------------------------------------------

export type MessageListRequest = ListRequest
export interface MessageListResponse {
  items: MessageInstance[]
  cursor?: string
}
export type MessageCreateRequest = Message & { name?: string; description?: string; entities?: Entity[] }
export type MessageCreateResponse = Id & { entities?: Entity[] }
export type MessageUpdateRequest = Partial<MessageCreateRequest>
export type MessageUpdateResponse = Id & { entities?: Entity[] }
export type MessageDeleteResponse = Id
/** The reply of `message.synthesize`; `url` is an mp3. */
export type MessageSynthesizeResponse = Id & { url?: string }

export interface SessionCreateRequest {
  /** 1800…86400. @default 3600 */
  durationInSeconds?: number
}
export interface SessionCreateResponse {
  /** The conversation's id. */
  id: string
  token: string
  expiresAt: number
}

export interface AttachmentInstance {
  id: string
  name?: string
  description?: string
  type?: string
  /** Bytes. */
  size?: number
  createdAt: number
  updatedAt: number
  meta?: Meta
}
export interface AttachmentListRequest {
  cursor?: string
  take?: number
}
export interface AttachmentListResponse {
  items: AttachmentInstance[]
  /** `null` at the end. */
  cursor?: string | null
}
/** A request the caller carries out itself, without API credentials. */
export interface ExternalRequest {
  method: string
  url: string
  headers: Record<string, string>
}
export interface AttachmentUploadRequest {
  /** A description of the bytes that follow in a second step, or a URL (`https:` or `data:`) that the server reads itself. */
  file: string | { type: string; size: number; name?: string }
}
export interface AttachmentUploadResponse {
  id: string
  name?: string
  uploadRequest?: ExternalRequest
  downloadRequest?: ExternalRequest
}

export interface ContactInstance {
  id: string
  fingerprint?: string
  name?: string
  description?: string
  email?: string
  phone?: string
  nick?: string
  preferences?: string
  verifiedAt?: number | null
  meta?: Meta
  createdAt: number
  updatedAt: number
}
export type ContactCreateRequest = ContactRequest & { preferences?: string; verifiedAt?: number | null }
export type ContactUpdateRequest = ContactCreateRequest
export interface ContactListResponse {
  items: ContactInstance[]
  cursor?: string
}

export interface RatingInstance {
  id: string
  /** 1…100 up, -100…-1 down. */
  value: number
  reason?: string | null
  conversationId?: string | null
  messageId?: string | null
  botId?: string | null
  contactId?: string | null
  createdAt: number
  updatedAt: number
}
export interface RatingListResponse {
  items: RatingInstance[]
  cursor?: string
}

/** `from` and `to` are ISO 8601, within the last 90 days. */
export interface UsageFetchRequest {
  from?: string
  to?: string
}
export interface UsageFetchResponse {
  tokens: number
  messages: number
}

/** A conversation with its user and bot messages. */
export type ConversationExport = ConversationInstance & { messages?: MessageInstance[] }
export interface ConversationExportResponse {
  items: ConversationExport[]
  cursor?: string
}

export interface CompactResponse {
  id?: string
  text: string
  usage?: Usage
}
export type CompactRequest = ConversationWriteOptions & { messages: Message[]; extensions?: Extensions }

/** `channelId` has at least 24 characters; the server makes one when it is absent. */
export type ConversationDispatchRequest = ConversationCompleteRequest & { channelId?: string }
export type ConversationDispatchMessageRequest = ConversationCompleteMessageRequest & { channelId?: string }
export interface DispatchResponse {
  channelId: string
}

export interface ChannelSubscribeRequest {
  /** How many earlier events to replay, 0…10000. @default 0 */
  historyLength?: number
}
export interface ChannelPublishRequest {
  message: Record<string, unknown>
}
export type ChannelPublishResponse = Id
