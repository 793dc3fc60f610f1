import type { ReactNode } from 'react'
import type { ChatStatus, ListView, LiveStatuses } from '../../hooks/index.ts'
import type { Cell, Messages, Readable } from '../../internal/index.ts'
import type { listWords } from '../../internal/english/list.ts'
import type { ConversationInstance } from '../../protocol/index.ts'
import type { ChatWords } from '../useStrings.ts'
import type { Clock } from './clock.ts'
import type { Desk, DeskState } from './desk/desk.ts'
import type { Hold } from './hold.ts'
import type { ConversationSelection } from './selection.ts'

export type RenderConversation = (
  conversation: ConversationInstance,
  /** `live`: whether an answer is on its way in it, also while another conversation is open. */
  state: { selected: boolean; live: ChatStatus },
) => ReactNode

/** Votes on a conversation and its messages, as far as the page knows them. */
export interface VoteCount {
  up: number
  down: number
}

export type ListWords = ChatWords & Pick<Messages, keyof typeof listWords>

/** What a row is made of, for all rows of a list; another object when it is to look different. What changes often is in a cell. */
export interface List {
  view: ListView
  hold: Hold
  clock: Clock
  live: LiveStatuses
  words: ListWords
  locale: string
  /** The conversation that is open. */
  value: Readable<string | null>
  open: (id: string | null) => void
  /** The row that Tab goes to. */
  tabbable: Cell<string | undefined>
  /** What is shown at the moment, in order. */
  ids: Readable<readonly string[]>
  render: RenderConversation | undefined
  votes: ((id: string) => VoteCount | undefined) | undefined
  /** Nothing where conversations are not chosen. */
  selection: Readable<ConversationSelection> | undefined
  choose: (selection: ConversationSelection) => void
  canRename: boolean
  canDelete: boolean
  /** Whether rows have more in them than the conversation. */
  wantsDesk: boolean
  /** What that takes, once it was downloaded. */
  desk: Desk | undefined
  state: DeskState | undefined
}
