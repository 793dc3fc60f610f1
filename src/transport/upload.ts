import type { AttachmentUploadResponse, ExternalRequest } from '../protocol/index.ts'
import type {
  ConversationAttachmentUploadRequest,
  ConversationAttachmentUploadResponse,
  UploadOptions,
  UploadProgress,
} from './attachments.ts'
import { post } from './call.ts'
import type { Caller } from './call.ts'
// Not the errors themselves: bundlers would make a file of them for the page to ask for (see `checkFirstFile` of the package checks).
import { toConversationError } from './to-error.ts'
import type { FetchFunction } from './types.ts'

const UPLOAD_TIMEOUT_MS = 60_000
/** The slowest line that is waited for: 10 kB a second. */
const BYTES_PER_MS = 10

/** Announces a file, then sends its bytes. */
export async function upload(
  client: Caller,
  conversationId: string,
  request: ConversationAttachmentUploadRequest,
  { onProgress, ...options }: UploadOptions = {},
): Promise<ConversationAttachmentUploadResponse> {
  let file: object | string
  let blob: Blob | undefined
  if ('url' in request) file = request.url
  else {
    blob = toBlob(request)
    file = { type: blob.type, size: blob.size, name: request.name ?? (request.data as Partial<File>).name }
  }
  const { id, name, uploadRequest } = await post<AttachmentUploadResponse>(
    client,
    '/api/v1/conversation/{conversationId}/attachment/upload',
    [conversationId],
    { file },
    options,
  )
  if (blob) {
    if (typeof uploadRequest?.url !== 'string' || typeof uploadRequest.method !== 'string')
      throw toConversationError({ code: 'BAD_RESPONSE', message: 'The server does not say where to send the bytes.' })
    await sendFile(client, uploadRequest, blob, { ...options, onProgress })
  }
  return { id, name }
}

function toBlob({ data, type }: Exclude<ConversationAttachmentUploadRequest, { url: string }>): Blob {
  const fallback = data instanceof Blob && data.type ? data.type : 'application/octet-stream'
  return new Blob([data], { type: type ?? fallback })
}

/** Sends bytes to the address that the API gave for them: no credentials go along. */
async function sendFile(
  client: Caller,
  { url, method, headers }: ExternalRequest,
  blob: Blob,
  { onProgress, signal, ...options }: UploadOptions,
): Promise<void> {
  const total = blob.size
  onProgress?.({ loaded: 0, total })
  await client.clientFetch(url, {
    method,
    // The length is told by the platform, and a page must not tell it.
    headers: Object.fromEntries(
      Object.entries(headers ?? {}).filter(([name]) => !/^(content-length|host)$/i.test(name)),
    ),
    buffer: await blob.arrayBuffer(),
    external: true,
    signal,
    retries: options.retries,
    timeout: options.timeout ?? UPLOAD_TIMEOUT_MS + total / BYTES_PER_MS,
    platformFetch: onProgress && typeof XMLHttpRequest !== 'undefined' ? xhrFetch(onProgress) : undefined,
  })
  onProgress?.({ loaded: total, total })
}

/** A `fetch` that tells how much of the body is sent, which the real one cannot. */
function xhrFetch(onProgress: (progress: UploadProgress) => void): FetchFunction {
  return (input, { method = 'GET', headers, body, signal } = {}) =>
    new Promise((resolve, reject) => {
      const xhr = new XMLHttpRequest()
      xhr.open(method, String(input))
      for (const [name, value] of new Headers(headers)) xhr.setRequestHeader(name, value)
      xhr.upload.onprogress = ({ loaded, total }) => onProgress({ loaded, total })
      // What a storage says beside its status is of no use.
      xhr.onload = () => resolve(new Response(null, { status: xhr.status }))
      xhr.onerror = () => reject(new TypeError('The upload failed.'))
      xhr.onabort = xhr.onerror
      signal?.addEventListener('abort', () => xhr.abort(), { once: true })
      xhr.send(body as XMLHttpRequestBodyInit)
    })
}
