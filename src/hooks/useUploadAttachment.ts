'use client'
import { hashKey } from '@tanstack/react-query'
import type { QueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'
import { useConversationKit } from '../provider/index.ts'
import type { ConversationKit } from '../provider/index.ts'
import { attachOptions, mutationKeys } from '../queries/index.ts'
import type { AttachmentUpload } from '../queries/index.ts'
import { localKey } from '../store/index.ts'
import { toConversationError } from '../transport/index.ts'
import type { ConversationAttachmentUploadResponse, ConversationError } from '../transport/index.ts'

/** A file on its way. */
export interface Upload {
  /** Its name here, which stays the same. */
  key: string
  /** The name of the file. */
  name: string
  status: 'uploading' | 'done' | 'failed' | 'cancelled'
  /** From 0 to 1. */
  progress: number
  /** Why it failed. */
  error: ConversationError | null
  /** What the server calls it. */
  result: ConversationAttachmentUploadResponse | null
}

/** A file, or bytes and what they are. */
export type UploadFile = File | Extract<AttachmentUpload, { data: unknown }>

export interface UseUploadAttachmentResult {
  /** All that were begun and not dismissed, in their order, by whatever component. */
  uploads: readonly Upload[]
  /** Begins to upload, all at once. */
  upload: (...files: UploadFile[]) => void
  /** Ends an upload. The server may know of the file already. */
  cancel: (key: string) => void
  /** Begins again with what failed or was cancelled. */
  retry: (key: string) => void
  /** Takes an upload off the list, and ends it when it is under way. */
  dismiss: (key: string) => void
}

interface Entry extends Upload {
  file: Exclude<UploadFile, File>
  controller: AbortController
}

type Shelf = StoreApi<Readonly<Record<string, readonly Entry[]>>>

// What is on its way belongs to the cache that its result goes to, not to a component.
const shelves = new WeakMap<QueryClient, Shelf>()
const NONE: readonly Entry[] = []

function shelfOf(queryClient: QueryClient): Shelf {
  const shelf = shelves.get(queryClient) ?? createStore(() => ({}))
  shelves.set(queryClient, shelf)
  return shelf
}

/**
 * Uploads files to a conversation. An upload goes on when its component unmounts or shows another conversation, and is in `uploads`
 * when one comes back; only `cancel` and `dismiss` end it. After each one `useAttachments` is read again.
 */
export function useUploadAttachment(conversationId: string): UseUploadAttachmentResult {
  const kit = useConversationKit()
  const shelf = shelfOf(kit.queryClient)
  const place = hashKey(mutationKeys.uploadAttachment(conversationId, kit.client.scope))
  const uploads = useStore(shelf, (entries) => entries[place] ?? NONE)
  const actions = useMemo(() => uploader(kit, shelf, conversationId, place), [kit, shelf, conversationId, place])
  return useMemo(() => ({ uploads, ...actions }), [uploads, actions])
}

function uploader(
  kit: ConversationKit,
  shelf: Shelf,
  conversationId: string,
  place: string,
): Omit<UseUploadAttachmentResult, 'uploads'> {
  const entries = () => shelf.getState()[place] ?? NONE
  const write = (next: readonly Entry[]) => shelf.setState({ [place]: next })
  const find = (key: string) => entries().find((entry) => entry.key === key)
  // By its controller: after a cancel or a retry, what an earlier try still has to say is of no use.
  const change = (controller: AbortController, from: readonly Upload['status'][], news: Partial<Entry>) =>
    write(
      entries().map((entry) =>
        entry.controller === controller && from.includes(entry.status) ? Object.assign({}, entry, news) : entry,
      ),
    )

  async function run({ file, controller }: Pick<Entry, 'file' | 'controller'>): Promise<void> {
    const tell = (news: Partial<Upload>) => change(controller, ['uploading'], news)
    const { queryClient } = kit
    try {
      const result = await queryClient
        .getMutationCache()
        .build(queryClient, { ...attachOptions(kit.client, conversationId), networkMode: 'always' })
        .execute({
          ...file,
          signal: controller.signal,
          onProgress: ({ loaded, total }) => tell({ progress: total > 0 ? loaded / total : 0 }),
        })
      tell({ status: 'done', progress: 1, result })
    } catch (error) {
      tell({ status: 'failed', error: toConversationError(error) })
    }
  }

  function cancel(key: string): void {
    const controller = find(key)?.controller
    if (!controller) return
    change(controller, ['uploading'], { status: 'cancelled' })
    controller.abort()
  }

  return {
    upload(...files) {
      const begun = files.map((each): Entry => {
        const file = each instanceof Blob ? { data: each } : each
        const name = file.name ?? (file.data as Partial<File>).name ?? ''
        return Object.assign(started(), { key: localKey(), name, file })
      })
      write([...entries(), ...begun])
      for (const entry of begun) void run(entry)
    },
    cancel,
    retry(key) {
      const entry = find(key)
      if (entry?.status !== 'failed' && entry?.status !== 'cancelled') return
      const again = started()
      change(entry.controller, [entry.status], again)
      void run({ file: entry.file, controller: again.controller })
    },
    dismiss(key) {
      cancel(key)
      write(entries().filter((entry) => entry.key !== key))
    },
  }
}

const started = () => ({
  status: 'uploading' as const,
  progress: 0,
  error: null,
  result: null,
  controller: new AbortController(),
})
