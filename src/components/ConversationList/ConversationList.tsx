'use client'
import { useState } from 'react'
import { useConversations } from '../../hooks/index.ts'
import { listWords } from '../../internal/english/list.ts'
import { part, PlusIcon, renderPart } from '../../internal/index.ts'
import type { PartProps } from '../../internal/index.ts'
import type { ConversationInstance } from '../../protocol/index.ts'
import type { ListParams } from '../../queries/index.ts'
import { useStrings } from '../useStrings.ts'
import { ConversationItem } from './ConversationItem.tsx'
import type { RenderConversation } from './ConversationItem.tsx'
import { ListFoot } from './ListFoot.tsx'
import { useNow } from './useNow.ts'

/** Every field is also a data attribute. */
export interface ConversationListState {
  /** Whether there is nothing to show. */
  empty: boolean
  loading: boolean
}

export interface ConversationListProps extends Omit<
  PartProps<ConversationListState, HTMLElement>,
  'children' | 'onSelect' | 'defaultValue'
> {
  params?: ListParams
  /** The id of the conversation that is open; `null` for a new one. */
  value?: string | null
  defaultValue?: string | null
  onValueChange?: (id: string | null) => void
  /** Which of the conversations fetched so far are shown: a word in the name or description, or a function. */
  filter?: string | ((conversation: ConversationInstance) => boolean)
  /** How further conversations come: when the end comes near, by a button, or not at all. @default 'button' */
  infinite?: 'auto' | 'button' | false
  /** In place of the name, time and description of a conversation. */
  renderItem?: RenderConversation
}

/** The conversations, newest first, and a button for a new one. Renders a `<nav>`. */
export const ConversationList = part<HTMLElement, ConversationListProps>(function ConversationList({
  params,
  value,
  defaultValue = null,
  onValueChange,
  filter,
  infinite = 'button',
  renderItem,
  ...props
}) {
  const words = useStrings(listWords)
  const list = useConversations(params)
  const now = useNow()
  const [ownValue, setOwnValue] = useState<string | null>(defaultValue)
  const selected = value === undefined ? ownValue : value
  const select = (id: string | null) => {
    setOwnValue(id)
    onValueChange?.(id)
  }

  const items = list.data?.filter(matcher(filter)) ?? []
  const state: ConversationListState = { empty: items.length === 0, loading: list.isPending }
  const children = (
    <>
      <div className="ck-conversations-header">
        <h2 className="ck-conversations-title">{words.conversations}</h2>
        <button
          type="button"
          className="ck-icon-button"
          aria-label={words.newConversation}
          title={words.newConversation}
          onClick={() => select(null)}
        >
          <PlusIcon />
        </button>
      </div>
      <div className="ck-conversations-scroll" aria-busy={list.isFetching}>
        <ul className="ck-conversations-items">
          {items.map((conversation) => (
            <ConversationItem
              key={conversation.id}
              conversation={conversation}
              selected={conversation.id === selected}
              onSelect={select}
              now={now}
              render={renderItem}
            />
          ))}
        </ul>
        <ListFoot list={list} none={items.length === 0} filtered={filter !== undefined} infinite={infinite} />
      </div>
    </>
  )
  const own = { 'aria-label': words.conversations, children }
  return renderPart({ tag: 'nav', name: 'conversations', state, own }, props)
})

function matcher(filter: ConversationListProps['filter']): (conversation: ConversationInstance) => boolean {
  if (typeof filter === 'function') return filter
  const word = filter?.trim().toLocaleLowerCase()
  if (!word) return () => true
  return ({ name, description }) => `${name ?? ''}\n${description ?? ''}`.toLocaleLowerCase().includes(word)
}
