import { ApiError, badRequest, notFound, tooLarge } from '../api-error.ts'
import { mediaType, readBytes } from '../body.ts'
import { attachmentName, uploadActivities } from '../events.ts'
import { cursorOf, takeOf, wantedOf } from '../listing.ts'
import { findConversation } from '../lookup.ts'
import { loadFile } from '../load-file.ts'
import { omit } from '../omit.ts'
import { get, getList, postRaw } from '../route.ts'
import { attachmentUpload } from '../schemas.ts'
import type { Answer, Call } from '../call.ts'
import type { Routes } from '../route.ts'
import type { AttachmentRecord, Storage } from '../storage/storage.ts'

/** An attachment that is larger is refused. */
export const MAX_ATTACHMENT_BYTES = 25_000_000
const MAX_TAKE = 1000
const tooMuch = () => tooLarge(`The attachment is larger than ${MAX_ATTACHMENT_BYTES} bytes`)

export const attachmentRoutes: Routes = {
  'attachment.list': getList(async (call) => {
    const { id: conversationId } = await findConversation(call)
    const { searchParams } = call.url
    return {
      listing: {
        ...cursorOf(searchParams),
        size: takeOf(searchParams.get('take'), MAX_TAKE),
        wanted: wantedOf(searchParams.get('take')),
        endsWithNull: true,
        async page(cursor, take) {
          const query = { conversationId, order: 'asc', take, ...(cursor === undefined ? {} : { cursor }) } as const
          const page = await call.house.storage.attachments.list(query)
          return page.map((record) => ({ cursor: record.id, data: show(record) }))
        },
      },
    }
  }),

  'attachment.upload': postRaw(upload),

  'attachment.download': get(async (call) => {
    const { id: conversationId } = await findConversation(call)
    const name = call.params.name ?? ''
    const record = await call.house.storage.attachments.get(name.split('.')[0] ?? '')
    if (record?.conversationId !== conversationId || record.name !== name) throw notFound('Attachment')
    return { response: await download(call.house.storage, record) }
  }),
}

/** Five forms: a description of bytes to come, an address, a data URL, a form with a file, and bare bytes. */
async function upload(call: Call, body: unknown): Promise<Answer> {
  const { request } = call
  const type = mediaType(request)
  if (type === 'application/json') {
    const { file } = attachmentUpload.parse(body, '')
    await findConversation(call)
    if (typeof file !== 'string') return announce(call, file)
    return keep(
      call,
      await loadFile(file, { fetch: call.house.options.fetch, limit: MAX_ATTACHMENT_BYTES, tooMuch: tooMuch() }),
    )
  }
  if (type === 'multipart/form-data') {
    const bytes = await readBytes(request, MAX_ATTACHMENT_BYTES + 65_536, tooMuch())
    const file = await formFile(bytes, request.headers.get('content-type') ?? '')
    await findConversation(call)
    return keep(call, {
      bytes: await readBytes(new Response(file), MAX_ATTACHMENT_BYTES, tooMuch()),
      type: file.type,
      name: file.name,
    })
  }
  const bytes = await readBytes(request, MAX_ATTACHMENT_BYTES, tooMuch())
  await findConversation(call)
  return keep(call, { bytes, type })
}

async function formFile(bytes: Uint8Array, contentType: string): Promise<File> {
  const form = await new Response(bytes.slice(), { headers: { 'content-type': contentType } }).formData().catch(() => {
    throw badRequest('The body is not valid multipart/form-data')
  })
  const file = form.get('file')
  if (file === null || typeof file === 'string') throw badRequest('"file" is required')
  return file
}

/** The first of two steps: the bytes follow in a request of their own. */
async function announce(call: Call, file: { type: string; size: number; name?: string }): Promise<Answer> {
  if (file.size > MAX_ATTACHMENT_BYTES) throw tooMuch()
  const record = await store(call, file, null)
  const { conversationId, id } = record
  const path = `${call.basePath}/conversation/${encodeURIComponent(conversationId)}/attachment/${id}/content`
  const url = new URL(path, call.url).href
  return {
    json: {
      id,
      name: record.name,
      uploadRequest: {
        method: 'PUT',
        url,
        headers: {
          'content-type': record.type,
          ...(file.name ? { 'content-disposition': `attachment; filename=${encodeURIComponent(file.name)}` } : {}),
        },
      },
      downloadRequest: { method: 'GET', url, headers: {} },
    },
  }
}

async function keep(call: Call, file: { bytes: Uint8Array; type: string; name?: string }): Promise<Answer> {
  const { id, name } = await store(call, { ...file, size: file.bytes.byteLength }, file.bytes)
  return { json: { id, name } }
}

/** Stores the attachment and the two messages that tell of it, bytes or no bytes. */
async function store(
  call: Call,
  file: { type: string; size: number; name?: string },
  bytes: Uint8Array | null,
): Promise<AttachmentRecord> {
  const { storage, newId, now } = call.house
  const id = newId()
  const createdAt = now()
  const record: AttachmentRecord = {
    id,
    conversationId: call.params.conversationId ?? '',
    name: attachmentName(id, file),
    description: file.name ?? null,
    type: file.type || 'application/octet-stream',
    size: file.size,
    createdAt,
    updatedAt: createdAt,
  }
  const messages = uploadActivities(record).map((message) => Object.assign(message, { id: newId('message') }))
  if (!(await storage.attachments.create(record, bytes, messages))) throw notFound('Conversation')
  return record
}

function show(record: AttachmentRecord) {
  return { ...omit(record, 'conversationId'), meta: { contentType: record.type, size: record.size } }
}

/**
 * The second step of an upload, and the download it promised. The address is the permission: its id cannot be guessed, and it
 * takes bytes once.
 */
export async function attachmentContent(
  request: Request,
  storage: Storage,
  params: { conversationId?: string; attachmentId?: string },
): Promise<Response> {
  const record = await storage.attachments.get(params.attachmentId ?? '')
  if (record === undefined || record.conversationId !== params.conversationId) throw notFound('Attachment')
  if (request.method === 'GET') return download(storage, record)
  if (request.method !== 'PUT') throw new ApiError(405)
  if ((await storage.attachments.read(record.id)) !== undefined)
    throw new ApiError(409, 'The bytes have arrived already')
  const bytes = await readBytes(
    request,
    record.size,
    badRequest(`There are more than the ${record.size} bytes announced`),
  )
  if (bytes.byteLength !== record.size)
    throw badRequest(`There are ${bytes.byteLength} bytes, and ${record.size} were announced`)
  await storage.attachments.write(record.id, bytes)
  return new Response(null, { status: 200 })
}

/** As a file to save, never as a page: an attachment comes from anybody. */
async function download(storage: Storage, record: AttachmentRecord): Promise<Response> {
  const bytes = await storage.attachments.read(record.id)
  if (bytes === undefined) throw notFound('Attachment')
  const filename = encodeURIComponent(record.description ?? record.name).replaceAll("'", '%27')
  return new Response(bytes.slice(), {
    headers: {
      'content-type': /^[\w.+-]+\/[\w.+-]+(?:;[ -~]*)?$/.test(record.type) ? record.type : 'application/octet-stream',
      'content-disposition': `attachment; filename*=UTF-8''${filename}`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': 'sandbox',
    },
  })
}
