import type { ExternalRequest } from '../protocol/index.ts'
import type { UploadOptions, UploadProgress } from './attachments.ts'
import type { Caller } from './call.ts'
import type { FetchFunction } from './types.ts'

const UPLOAD_TIMEOUT_MS = 60_000
/** The slowest line that is waited for: 10 kB a second. */
const BYTES_PER_MS = 10

/** Sends bytes to the address that the API gave for them: no credentials go along. */
export async function sendFile(
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
    onProgress,
  })
  onProgress?.({ loaded: total, total })
}

/** A `fetch` that tells how much of the body is sent, which the real one cannot. */
export function xhrFetch(onProgress: (progress: UploadProgress) => void): FetchFunction {
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
