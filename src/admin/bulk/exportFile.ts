import { ConversationError } from '../../transport/index.ts'
import { assemble } from '../export/formats.ts'
import { readConversation } from '../export/read.ts'
import { exportFileName, formatterOf } from '../export/write.ts'
import type { ExportOptions } from '../export/write.ts'
import type { BulkJob } from './job.ts'
import type { BulkStorage } from './storage.ts'
import type { BulkKit } from './types.ts'

/** Pieces of an export that are read from the storage at once. */
const PIECES = 100
const BLOB_LENGTH = 4_000_000

/** What a file has of one conversation, to be written down. */
export async function exportPiece(
  { client, queryClient, language = () => ({}) }: BulkKit,
  { action }: BulkJob,
  id: string,
  signal: AbortSignal,
): Promise<unknown> {
  if (action.kind !== 'export') return undefined
  return formatterOf(action.format, language()).piece(await readConversation(client, queryClient, id, signal))
}

/** The file of an export that is done, put together from the pieces that were written down. */
export async function exportFile(
  job: BulkJob | undefined,
  storage: () => Promise<BulkStorage>,
  language: ExportOptions,
): Promise<File> {
  if (job?.action.kind !== 'export' || job.phase !== 'done')
    throw new ConversationError({ code: 'BAD_REQUEST', message: 'There is no file of this job yet.', retryable: false })
  const { format } = job.action
  const formatter = formatterOf(format, { ...language, now: job.createdAt })
  const at = await storage()
  const read = async function* read(part: number): AsyncGenerator<string, void, undefined> {
    for (let from = 0; from < job.items.length; from += PIECES)
      for (const [, piece] of await at.pieces(job.id, from, from + PIECES))
        yield (piece as readonly string[])[part] ?? ''
  }
  const blobs: Blob[] = []
  let texts: string[] = []
  let length = 0
  // The browser may put what is a blob on the disk.
  const close = () => {
    blobs.push(new Blob(texts))
    texts = []
    length = 0
  }
  for await (const text of assemble(formatter, job.done, read)) {
    texts.push(text)
    length += text.length
    if (length > BLOB_LENGTH) close()
  }
  close()
  return new File(blobs, exportFileName(format, job.createdAt), { type: `${formatter.type};charset=utf-8` })
}
