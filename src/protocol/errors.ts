/** The body of every error answer. */
export interface ErrorBody {
  message: string
  code: string
}

/** The code that goes with a status when a server names none, and the status the local server gives a code. */
export const STATUS_CODES = {
  400: 'BAD_REQUEST',
  401: 'NOT_AUTHENTICATED',
  402: 'NO_SUBSCRIPTION',
  403: 'NOT_AUTHORIZED',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  408: 'TIMEOUT',
  409: 'CONFLICT',
  413: 'CONTENT_TOO_LARGE',
  422: 'UNPROCESSABLE_ENTITY',
  429: 'TOO_MANY_REQUESTS',
  500: 'INTERNAL_SERVER_ERROR',
  501: 'NOT_IMPLEMENTED',
  502: 'BAD_GATEWAY',
  503: 'SERVICE_UNAVAILABLE',
  504: 'GATEWAY_TIMEOUT',
} as const satisfies Record<number, string>
