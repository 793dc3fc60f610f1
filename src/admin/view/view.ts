import type { ConversationInstance } from '../../protocol/index.ts'
import type { ListParams } from '../../queries/index.ts'

/** What an inbox shows, and in which order. Plain data: it can be an address, a saved view or a prop. What is absent filters nothing. */
export interface ConversationView {
  /** Values that the meta of a conversation has to have. Asked of the API. */
  meta?: Record<string, string>
  botId?: string
  contactId?: string
  taskId?: string
  model?: string
  /** ISO 8601 dates or times; last changed in or after `from`, and before the end of `to`. */
  from?: string
  to?: string
  votes?: 'up' | 'down' | 'any' | 'none'
  lastSpeaker?: 'user' | 'bot'
  search?: string
  /** @default 'created', the order of the API */
  sort?: 'created' | 'updated' | 'name' | 'votes'
  /** @default 'desc' */
  order?: 'desc' | 'asc'
}

/** What is known of a conversation beside what its record says. */
export interface ConversationFacts {
  up: number
  down: number
  /** Absent as long as its messages were not seen. */
  lastSpeaker?: 'user' | 'bot'
}

/** What the API is asked for. */
export function paramsOf({ meta, sort = 'created', order }: ConversationView): ListParams {
  return {
    ...(meta && Object.keys(meta).length > 0 && { meta }),
    ...(sort === 'created' && order && { order }),
  }
}

/** Whether a conversation belongs to the view, as far as can be told; `search` is not asked here. */
export type Matcher = (conversation: ConversationInstance, facts?: ConversationFacts) => boolean
