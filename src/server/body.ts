import { ApiError, badRequest } from './api-error.ts'

/** What the gateway of the hosted API lets through. */
export const MAX_JSON_BYTES = 4_500_000

/** The bytes of a body; rejects with `tooMuch` once there are more than `limit`. */
export async function readBytes(request: Request | Response, limit: number, tooMuch: ApiError): Promise<Uint8Array> {
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw tooMuch
  const chunks: Uint8Array[] = []
  let length = 0
  const reader = request.body?.getReader()
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined }
    if (done) break
    length += value.byteLength
    if (length > limit) {
      await reader?.cancel()
      throw tooMuch
    }
    chunks.push(value)
  }
  const bytes = new Uint8Array(length)
  let offset = 0
  for (const chunk of chunks) {
    bytes.set(chunk, offset)
    offset += chunk.byteLength
  }
  return bytes
}

/** The text of a JSON body. */
export async function readJsonText(request: Request): Promise<string> {
  const tooMuch = new ApiError(413, `The body is larger than ${MAX_JSON_BYTES} bytes`)
  return new TextDecoder().decode(await readBytes(request, MAX_JSON_BYTES, tooMuch))
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw badRequest('The body is not valid JSON')
  }
}

/** The media type of a request, without parameters. */
export function mediaType(request: Request): string {
  return (request.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
}
