'use client'
import { useCallback, useSyncExternalStore } from 'react'
import type { Activity, MessageInstance } from '../protocol/index.ts'
import { useConversationKit } from '../provider/index.ts'
import type { MessagePages } from '../queries/index.ts'
import { storedMessages } from './settle.ts'

/** A file that a conversation holds, as its messages tell of it. */
export interface SentAttachment {
  id: string
  /** The name to download it by. */
  name: string
  type: string
}

type ByMessage = ReadonlyMap<string, readonly SentAttachment[]>

const NONE: readonly SentAttachment[] = []
const known = new WeakMap<MessagePages, ByMessage>()

/** The files that were uploaded for a stored message of the user: since the message before it. Asks the server for nothing. */
export function useSentAttachments(conversationId: string | null, messageId: string | null): readonly SentAttachment[] {
  const { queryClient, queries, client } = useConversationKit()
  const subscribe = useCallback(
    (listener: () => void) => queryClient.getQueryCache().subscribe(listener),
    [queryClient],
  )
  const read = () => {
    if (conversationId === null || messageId === null) return NONE
    const pages = queryClient.getQueryData<MessagePages>(queries.keys.messages(conversationId, client.scope))
    return (pages && byMessage(pages).get(messageId)) ?? NONE
  }
  return useSyncExternalStore(subscribe, read, () => NONE)
}

function byMessage(pages: MessagePages): ByMessage {
  const found = known.get(pages) ?? collect(storedMessages(pages))
  known.set(pages, found)
  return found
}

function collect(messages: readonly MessageInstance[]): ByMessage {
  const found = new Map<string, readonly SentAttachment[]>()
  let waiting: SentAttachment[] = []
  for (const message of messages) {
    const file = fileOf(message)
    if (file) waiting.push(file)
    else if (message.type === 'user' && waiting.length > 0) {
      found.set(message.id, waiting)
      waiting = []
    }
  }
  return found
}

/** The file whose upload an `activity` records. */
function fileOf({ type, meta }: MessageInstance): SentAttachment | undefined {
  const activity = (meta?.activity ?? undefined) as Partial<Activity> | undefined
  if (type !== 'activity' || activity?.type !== 'response') return undefined
  const { name, result } = activity.function ?? {}
  if (name !== 'uploadAttachment') return undefined
  try {
    const file = (typeof result === 'string' ? JSON.parse(result) : result) as Partial<SentAttachment> | null
    if (typeof file?.id !== 'string' || typeof file.name !== 'string') return undefined
    return { id: file.id, name: file.name, type: typeof file.type === 'string' ? file.type : '' }
  } catch {
    return undefined
  }
}
