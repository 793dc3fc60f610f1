import { STATUS_CODES } from '../protocol/index.ts'
import type { ErrorBody } from '../protocol/index.ts'

const DEFAULT_MESSAGES: Record<number, string> = {
  400: 'Bad request',
  401: 'Not authenticated',
  403: 'Not authorized',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  413: 'Content too large',
  429: 'Limits reached',
}

/** A failure that is answered as it is. Everything else that is thrown becomes a 500 that says nothing. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number
  readonly code: string
  /** Seconds until it is worth trying again. */
  readonly retryAfter: number | undefined

  constructor(status: number, message?: string, options: { code?: string; retryAfter?: number } = {}) {
    super(message ?? DEFAULT_MESSAGES[status] ?? 'Something went wrong')
    this.status = status
    this.code = options.code ?? codeOf(status)
    this.retryAfter = options.retryAfter
  }

  /** What is sent, as a body or as the data of an `error` line. */
  get body(): ErrorBody {
    return { message: this.message, code: this.code }
  }
}

export const badRequest = (message: string) => new ApiError(400, message)
export const notFound = (what: 'Conversation' | 'Message' | 'Contact' | 'Attachment') =>
  new ApiError(404, `${what} not found`)
export const tooLarge = (message: string) => new ApiError(429, message, { code: 'LIMITS_REACHED' })

/** Any thrown value as an answer. What was not meant to be seen is not. */
export function toApiError(error: unknown): ApiError {
  return error instanceof ApiError ? error : new ApiError(500, 'Something went wrong', { code: 'GENERIC_ERROR' })
}

function codeOf(status: number): string {
  if (status === 429) return 'LIMITS_REACHED'
  const known: Record<number, string> = STATUS_CODES
  return known[status] ?? `ERROR_${status}`
}
