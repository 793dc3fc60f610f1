/** How long the API may take until its first byte. It sends something after at most 19 s, whatever the model does. */
export const FIRST_BYTE_TIMEOUT_MS = 60_000

const OFFICIAL_URL = 'https://api.chatbotkit.com'
const OFFICIAL_HOST = 'api.chatbotkit.com'

const ACCEPTED_FORMATS = new Set(['application/json', 'application/jsonl', 'text/event-stream'])

/** Where the API's paths begin, without a slash at the end. The official host has them under `/v1`, others under `/api/v1` unless the URL says so. */
export function upstreamRoot(baseUrl: string | URL = OFFICIAL_URL): string {
  const url = new URL(baseUrl)
  const path = url.pathname.replace(/\/+$/, '')
  if (path !== '') return url.origin + path
  return url.origin + (url.hostname === OFFICIAL_HOST ? '/v1' : '/api/v1')
}

/** The headers of the request to the API. Nothing of the visitor's goes along but the format, the time zone and the key of a repeat. */
export function upstreamHeaders(request: Request, secret: string, runAsUserId?: string): Headers {
  const headers = new Headers({ authorization: `Bearer ${secret}`, accept: acceptedFormat(request) })
  if (request.method === 'POST') headers.set('content-type', 'application/json')
  if (runAsUserId !== undefined) headers.set('x-runas-user-id', runAsUserId)
  const timezone = request.headers.get('x-timezone')
  if (timezone && /^[\w+\-/]{1,64}$/.test(timezone)) headers.set('x-timezone', timezone)
  const repeatKey = request.headers.get('idempotency-key')
  if (repeatKey && /^[\x21-\x7e]{1,255}$/.test(repeatKey)) headers.set('idempotency-key', repeatKey)
  return headers
}

/** The API reads the first format only and refuses those it does not know. */
function acceptedFormat(request: Request): string {
  const first = (request.headers.get('accept') ?? '').split(',', 1)[0]!.split(';', 1)[0]!.trim().toLowerCase()
  return ACCEPTED_FORMATS.has(first) ? first : 'application/json'
}
