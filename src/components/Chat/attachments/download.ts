'use client'
import { useEffect, useState } from 'react'
import { useConversationKit } from '../../../provider/index.ts'
import type { ConversationClient } from '../../../transport/index.ts'
import { isPicture } from './FilePicture.tsx'
import type { SentFile } from './sentFiles.ts'

/** A larger picture is fetched by who asks for it only. */
const MAX_PICTURE_BYTES = 5_000_000

const fetched = new WeakMap<object, Map<string, Promise<Blob>>>()

/**
 * The bytes of a file of a conversation, asked for once. They come through the client, from the API and with its credentials, so
 * no address that stands in a message is ever loaded.
 */
export function download(client: ConversationClient, conversationId: string, file: SentFile): Promise<Blob> {
  if (file.data) return Promise.resolve(file.data)
  const files = fetched.get(client) ?? new Map<string, Promise<Blob>>()
  fetched.set(client, files)
  const key = `${conversationId}/${file.id}`
  const data = files.get(key) ?? client.attachment.download(conversationId, file.stored, { retries: 0 })
  files.set(key, data)
  // What failed may be asked for again.
  data.catch(() => files.delete(key))
  return data
}

/** The bytes of a picture, to show it small; nothing for other files, and where they cannot be had. */
export function usePictureOf(conversationId: string | null, file: SentFile): Blob | undefined {
  const client = useConversationKit().client as ConversationClient
  const [data, setData] = useState(file.data)
  const { id, type, size = Infinity } = file
  const wanted = !file.data && isPicture(type) && size <= MAX_PICTURE_BYTES && 'download' in (client.attachment ?? {})
  useEffect(() => {
    if (!wanted || conversationId === null) return undefined
    let here = true
    download(client, conversationId, file).then(
      (blob) => here && setData(new Blob([blob], { type })),
      () => {},
    )
    return () => {
      here = false
    }
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the file is the one of its id
  }, [client, conversationId, wanted, id, type])
  return file.data ?? data
}
