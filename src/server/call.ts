import type { Storage } from './storage/storage.ts'
import type { Channels } from './channels.ts'
import type { Run } from './run.ts'
import type { Operation } from './operations.ts'
import type { ConversationServerOptions, RecordedVote, Reply, ReplyFunction } from './types.ts'

/** Who calls. */
export interface Caller {
  /** The account. */
  owner: string
  /** The key or token, made unreadable: channels and repeats belong to it. */
  scope: string
  /** The conversation a session token is for. */
  session?: { conversationId: string }
}

/** What all calls of one server share. */
export interface House {
  readonly options: ConversationServerOptions
  readonly storage: Storage
  readonly channels: Channels
  /** Runs that have not ended. */
  readonly runs: Set<Run>
  readonly now: () => number
  /** Like `now`, but never the same twice: for things that are sorted by when they were made. */
  readonly tick: () => number
  readonly newId: (kind?: 'conversation' | 'message' | 'session') => string
  /** What answers this run. */
  readonly replyFor: (run: Run) => Reply | ReplyFunction
  readonly voted: (vote: RecordedVote) => void
}

/** One request on its way through a route. */
export interface Call {
  readonly house: House
  readonly operation: Operation
  readonly request: Request
  readonly url: URL
  /** Where the API is mounted, for addresses in answers. */
  readonly basePath: string
  readonly params: Readonly<Record<string, string>>
  readonly caller: Caller
  readonly format: Format
}

/** How a stream-capable operation answers. */
export type Format = 'json' | 'jsonl' | 'sse' | 'csv'

/** A list as it is sent: entries, and how to go on after each. */
export interface Listing {
  /** Where to begin. */
  cursor?: string
  /** Entries a page. */
  size: number
  /** How many entries a stream is asked for; its pages are not cut. */
  wanted: number
  page(cursor: string | undefined, size: number): Promise<{ cursor: string; data: unknown }[]>
  /** Says `cursor: null` when a page is the last one, instead of the last id. */
  endsWithNull?: boolean
}

/** What a route gives back; how it is sent is decided elsewhere. */
export type Answer =
  | { json: unknown; status?: number }
  | { listing: Listing }
  /** `asEvents`: a failure before the first event is a line too. `pings`: life signs every ten seconds. */
  | { run: Run; asEvents?: boolean; pings?: boolean }
  | { stored: { status: number; contentType: string; body: string } }
  | { response: Response }
