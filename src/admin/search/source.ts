import type { StoreApi } from 'zustand'
import type { ConversationInstance, MessageInstance } from '../../protocol/index.ts'
import type { Search } from './createSearch.ts'
import { conversationDocument, messageDocument } from './documents.ts'
import type { SearchDocument } from './documents.ts'

/** What is searched of all that was loaded, by whomever. Tells a search what is new in it, and nothing twice. */
export interface Source {
  putConversation: (conversation: ConversationInstance) => void
  putMessage: (conversationId: string, message: MessageInstance) => void
  /** Changes what is known already. */
  patchConversation: (id: string, change: Partial<ConversationInstance>) => void
  patchMessage: (conversationId: string, id: string, change: Partial<MessageInstance>) => void
  removeConversation: (id: string) => void
  removeMessage: (conversationId: string, id: string) => void
  /** How a contact is called. */
  putContact: (id: string, text: string) => void
  /** All messages of the conversation are known. */
  setWhole: (id: string) => void
  /** Conversations of which not all messages are known. */
  partial: () => string[]
  /** Whether it was taken out, and nothing has brought it back. */
  isGone: (id: string) => boolean
  /** Hands over what has come since the last time. */
  flush: () => void
  end: () => void
}

interface Known {
  own?: ConversationInstance
  messages: Map<string, MessageInstance>
  whole: boolean
}

/** Documents that are handed over at a time at least, while there are more. */
const BATCH = 500
/** Deleted conversations that are remembered: a deletion may be taken back. */
const MAX_GONE = 2000

/** `hidden`: conversations that are being deleted, or are about to be. They are not found, and are again when they come back. */
export function createSource(search: Pick<Search, 'add' | 'remove'>, hidden: StoreApi<ReadonlySet<string>>): Source {
  const known = new Map<string, Known>()
  const gone = new Map<string, Known>()
  const contacts = new Map<string, string>()
  let documents: SearchDocument[] = []

  const groupOf = (id: string): Known => {
    const group = known.get(id) ?? { messages: new Map<string, MessageInstance>(), whole: false }
    known.set(id, group)
    return group
  }

  function tell(conversation: ConversationInstance): void {
    const contact = conversation.contactId ? contacts.get(conversation.contactId) : undefined
    put({ ...conversationDocument(conversation), ...(contact && { contact }) })
  }

  /** What is known of a conversation that is not to be found, for when it comes back. */
  const keep = (id: string): Known => {
    const group = gone.get(id) ?? { messages: new Map<string, MessageInstance>(), whole: false }
    gone.set(id, group)
    return group
  }

  function comeBack(id: string): void {
    const group = gone.get(id)
    if (!group) return
    gone.delete(id)
    known.set(id, group)
    if (group.own) tell(group.own)
    for (const message of group.messages.values()) put(messageDocument(id, message))
  }

  function put(document: SearchDocument): void {
    documents.push(document)
    if (documents.length >= BATCH) flush()
  }

  function flush(): void {
    if (documents.length > 0) search.add(documents)
    documents = []
  }

  const source: Source = {
    putConversation(conversation) {
      const { id } = conversation
      if (hidden.getState().has(id)) {
        keep(id).own = conversation
        return
      }
      comeBack(id)
      const group = groupOf(id)
      if (group.own === conversation) return
      // A list that was read before may be looked at later.
      if ((group.own?.updatedAt ?? 0) > conversation.updatedAt) return
      group.own = conversation
      tell(conversation)
    },
    putMessage(conversationId, message) {
      const isHidden = hidden.getState().has(conversationId)
      if (isHidden) keep(conversationId).messages.set(message.id, message)
      if (isHidden || gone.has(conversationId)) return
      const { messages } = groupOf(conversationId)
      const before = messages.get(message.id)
      if (before === message) return
      messages.set(message.id, message)
      if (before?.text !== message.text || before.type !== message.type) put(messageDocument(conversationId, message))
    },
    patchConversation(id, change) {
      const own = known.get(id)?.own
      if (own) source.putConversation({ ...own, ...change })
    },
    patchMessage(conversationId, id, change) {
      const message = known.get(conversationId)?.messages.get(id)
      if (message) source.putMessage(conversationId, { ...message, ...change })
    },
    removeConversation(id) {
      const group = known.get(id)
      if (!group) return
      flush()
      known.delete(id)
      gone.set(id, group)
      const [oldest] = gone.keys()
      if (gone.size > MAX_GONE && oldest !== undefined) gone.delete(oldest)
      search.remove([{ conversationId: id }])
    },
    removeMessage(conversationId, messageId) {
      if (!known.get(conversationId)?.messages.delete(messageId)) return
      flush()
      search.remove([{ conversationId, messageId }])
    },
    putContact(id, text) {
      if (contacts.get(id) === text) return
      contacts.set(id, text)
      for (const { own } of known.values()) if (own?.contactId === id) tell(own)
    },
    setWhole: (id) => void (groupOf(id).whole = true),
    partial: () => [...known].filter(([, { own, whole }]) => own && !whole).map(([id]) => id),
    isGone: (id) => gone.has(id),
    flush,
    end: hidden.subscribe((now, before) => {
      for (const id of now) if (!before.has(id)) source.removeConversation(id)
      for (const id of before) if (!now.has(id)) comeBack(id)
      flush()
    }),
  }
  return source
}
