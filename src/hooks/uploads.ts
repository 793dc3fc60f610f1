'use client'
import type { QueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'
import { useConversationKit } from '../provider/index.ts'
import type { ConversationKit } from '../provider/index.ts'
import type { AttachmentUpload, AttachOptions } from '../queries/index.ts'
import type { ConversationAttachmentUploadResponse, ConversationError } from '../transport/index.ts'

/** A file on its way. */
export interface Upload {
  /** Its name here, which stays the same. */
  key: string
  /** The name of the file. */
  name: string
  /** The bytes, with their type and size. */
  data: Blob
  /** `waiting`: it was added, and nothing of it was sent. */
  status: 'waiting' | 'uploading' | 'done' | 'failed' | 'cancelled'
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
  /** All that were begun or added and not dismissed, in their order, by whatever component. */
  uploads: readonly Upload[]
  /** Begins to upload, all at once. */
  upload: (...files: UploadFile[]) => void
  /** Puts files on the list. The server hears nothing of them before `start`. */
  add: (...files: UploadFile[]) => void
  /**
   * Begins with what was added, by its keys, and again with what failed or was cancelled. Resolves when all of them have ended,
   * with what became of them. The files of a conversation that has only now been created are taken along to its id.
   */
  start: (keys: readonly string[], conversationId?: string) => Promise<readonly Upload[]>
  /** Ends an upload. The server may know of the file already. */
  cancel: (key: string) => void
  /** Begins again with what failed or was cancelled. */
  retry: (key: string) => void
  /** Takes an upload off the list, and ends it when it is under way. */
  dismiss: (key: string) => void
}

interface Entry extends Upload {
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

/** Where the files of a conversation are. Those of one that is not created yet have a place too. */
const placeOf = ({ client }: ConversationKit, conversationId: string | null) =>
  JSON.stringify([client.scope, conversationId])

/** By what a file is uploaded to a conversation. What it throws is one of our errors. */
export type Route = (kit: ConversationKit, conversationId: string) => AttachOptions

/** The files of a conversation, uploaded by a route that stays the same. */
export function useUploads(conversationId: string | null, route: Route): UseUploadAttachmentResult {
  const kit = useConversationKit()
  const shelf = shelfOf(kit.queryClient)
  const place = placeOf(kit, conversationId)
  const uploads = useStore(shelf, (entries) => entries[place] ?? NONE)
  const actions = useMemo(() => uploader({ kit, shelf, route }, conversationId), [kit, shelf, route, conversationId])
  return useMemo(() => ({ uploads, ...actions }), [uploads, actions])
}

interface Means {
  kit: ConversationKit
  shelf: Shelf
  route: Route
}

function uploader(means: Means, conversationId: string | null): Omit<UseUploadAttachmentResult, 'uploads'> {
  const { kit, shelf, route } = means
  const place = placeOf(kit, conversationId)
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

  async function run(id: string, { name, data, controller }: Entry): Promise<void> {
    const tell = (news: Partial<Upload>) => change(controller, ['uploading'], news)
    const { queryClient } = kit
    try {
      const result = await queryClient
        .getMutationCache()
        .build(queryClient, { ...route(kit, id), networkMode: 'always' })
        .execute({
          data,
          name,
          signal: controller.signal,
          onProgress: ({ loaded, total }) => tell({ progress: total > 0 ? loaded / total : 0 }),
        })
      tell({ status: 'done', progress: 1, result })
    } catch (error) {
      tell({ status: 'failed', error: error as ConversationError })
    }
  }

  function add(...files: UploadFile[]): readonly string[] {
    const added = files.map(waiting)
    write([...entries(), ...added])
    return added.map(({ key }) => key)
  }

  async function start(keys: readonly string[], id = conversationId): Promise<readonly Upload[]> {
    if (id === null) throw new TypeError('There is no conversation yet.')
    if (id !== conversationId) {
      const target = placeOf(kit, id)
      shelf.setState((all) => ({ [place]: NONE, [target]: [...(all[target] ?? NONE), ...entries()] }))
      return uploader(means, id).start(keys)
    }
    const wanted = (entry: Entry) => keys.includes(entry.key) && /waiting|failed|cancelled/.test(entry.status)
    const begun = entries().map((entry) => (wanted(entry) ? Object.assign({}, entry, again()) : entry))
    const runs = begun.filter((entry, index) => entry !== entries()[index])
    write(begun)
    for (const entry of runs) void run(id, entry)
    const mine = () => entries().filter((entry) => keys.includes(entry.key))
    // Also of those that somebody else has begun.
    return new Promise((resolve) => {
      const end = () => {
        if (mine().some(({ status }) => status === 'uploading')) return
        stop()
        resolve(mine())
      }
      const stop = shelf.subscribe(end)
      end()
    })
  }

  function cancel(key: string): void {
    const controller = find(key)?.controller
    if (!controller) return
    change(controller, ['uploading'], { status: 'cancelled' })
    controller.abort()
  }

  return {
    upload: (...files) => void start(add(...files)),
    add: (...files) => void add(...files),
    start,
    cancel,
    retry: (key) => void start([key]),
    dismiss(key) {
      cancel(key)
      write(entries().filter((entry) => entry.key !== key))
    },
  }
}

function waiting(given: UploadFile): Entry {
  const { data, name, type }: Exclude<UploadFile, File> = given instanceof Blob ? { data: given } : given
  return {
    key: `file:${(sequence += 1)}`,
    name: name ?? (data as Partial<File>).name ?? '',
    // A file stays the one that it is: a copy under another type would lose its name.
    data:
      data instanceof Blob && type === undefined
        ? data
        : new Blob([data], { type: type ?? (data as Partial<Blob>).type }),
    ...again(),
    status: 'waiting',
  }
}

let sequence = 0

const again = () => ({
  status: 'uploading' as const,
  progress: 0,
  error: null,
  result: null,
  controller: new AbortController(),
})
