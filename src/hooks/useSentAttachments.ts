'use client'
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import type { Activity, AttachmentInstance, MessageInstance } from '../protocol/index.ts'
import { useConversationKit } from '../provider/index.ts'
import { keyOfAttachments, keyOfMessages, listAll } from '../queries/index.ts'
import type { MessagePages } from '../queries/index.ts'
import type { ConversationClient } from '../transport/index.ts'

/** A file that a conversation holds, as its messages tell of it. */
export interface SentAttachment {
  id: string
  /** The name to download it by. */
  stored: string
  /** The name of the file, as soon as it is known. */
  name: string
  type: string
  /** Bytes, as soon as they are known. */
  size?: number | undefined
}

type ByMessage = ReadonlyMap<string, readonly SentAttachment[]>

const NONE: readonly SentAttachment[] = []
const known = new WeakMap<MessagePages, ByMessage>()

/** The files that were uploaded for a stored message of the user: since the message before it. What they are called is asked for once. */
export function useSentAttachments(conversationId: string | null, messageId: string | null): readonly SentAttachment[] {
  const { queryClient, client } = useConversationKit()
  const subscribe = useCallback(
    (listener: () => void) => queryClient.getQueryCache().subscribe(listener),
    [queryClient],
  )
  const read = () => {
    if (conversationId === null || messageId === null) return NONE
    const pages = queryClient.getQueryData<MessagePages>(keyOfMessages(conversationId, client.scope))
    return (pages && byMessage(pages).get(messageId)) ?? NONE
  }
  const files = useSyncExternalStore(subscribe, read, () => NONE)

  const [list, setList] = useState<AttachmentInstance[]>([])
  const any = files.length > 0
  useEffect(() => {
    if (!any || conversationId === null) return undefined
    let here = true
    queryClient
      .fetchQuery({
        queryKey: keyOfAttachments(conversationId, client.scope),
        queryFn: ({ signal }) => listAll((client as ConversationClient).attachment, conversationId, { signal }),
        staleTime: Infinity,
        retry: false,
      })
      .then(
        (all) => here && setList(all),
        // They have the names that the server gave them, then.
        () => {},
      )
    return () => {
      here = false
    }
  }, [any, conversationId, queryClient, client])
  return files.map((file): SentAttachment => {
    const { id, stored, type } = file
    const known = list.find((each) => each.id === id)
    return { id, stored, type, name: known?.description || file.name, size: known?.size }
  })
}

function byMessage(pages: MessagePages): ByMessage {
  const found = known.get(pages) ?? collect(pages.pages.flatMap(({ items }) => items).toReversed())
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
    const { id, name: stored } = file
    return { id, stored, name: stored, type: typeof file.type === 'string' ? file.type : '' }
  } catch {
    return undefined
  }
}
