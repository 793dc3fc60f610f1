/** What the hosted API lets pages send, and what only this server lets them send. */
const ALLOWED_HEADERS =
  'X-Requested-With, Accept, Content-Length, Content-Type, Authorization, X-Timezone, X-RunAs-User-Id, X-RunAs-Child-User-Email, Idempotency-Key'
const EXPOSED_HEADERS = 'X-Failure-Code, X-Request-Id, Retry-After, Content-Disposition'

/** Lets pages of any origin read the answer. There are no cookies here that could be abused. */
export function allowOrigins(response: Response): void {
  response.headers.set('access-control-allow-origin', '*')
  response.headers.set('access-control-allow-methods', 'GET,POST')
  response.headers.set('access-control-allow-headers', ALLOWED_HEADERS)
  response.headers.set('access-control-expose-headers', EXPOSED_HEADERS)
}

/** The second step of an upload comes with a `PUT` and whichever headers the caller was told to send. */
export function allowUpload(request: Request, response: Response): void {
  const asked = request.headers.get('access-control-request-headers')
  response.headers.set('access-control-allow-methods', 'GET,PUT')
  response.headers.set('access-control-allow-headers', asked ?? 'Content-Type, Content-Disposition, X-Timezone')
}
