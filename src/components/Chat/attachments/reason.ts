import type { chatWords, Messages } from '../../../internal/index.ts'
import type { fileWords } from '../../../internal/english/files.ts'
import type { ConversationError } from '../../../transport/index.ts'
import { errorText } from '../../errorText.ts'
import { fileSize } from './fileSize.ts'
import { MAX_FILES } from './rules.ts'
import type { AttachmentLimits, Refusal } from './rules.ts'

type Words = Pick<Messages, keyof typeof chatWords | keyof typeof fileWords>

/** Why a file is not tried, for who chose it. */
export function refusalText(
  refusal: Refusal,
  { maxSize = 0, maxFiles = MAX_FILES }: AttachmentLimits,
  words: Words,
  locale: string,
): string {
  if (refusal === 'type') return words.fileTypeRefused
  if (refusal === 'size') return words.fileTooLarge({ size: fileSize(maxSize, locale) })
  return words.tooManyFiles({ count: maxFiles, locale })
}

/** A server says in several ways that a file is too large. */
const isTooLarge = ({ code, status }: ConversationError) =>
  status === 413 || code === 'CONTENT_TOO_LARGE' || code === 'LIMITS_REACHED'

/** Whether the same file would be refused again. */
export const isFinal = (error: ConversationError): boolean => isTooLarge(error) || error.status === 400

/** Why a file did not arrive. */
export function failureText(error: ConversationError, words: Words): string {
  if (isTooLarge(error)) return words.fileTooLarge({})
  const { status, method } = error
  // What a storage refuses has nothing to do with the session, nor is it a message that failed.
  const isApi = method !== 'PUT' && (status === 401 || status === 403 || status === 404 || status === 429)
  return isApi || error.code === 'NETWORK' || error.code === 'TIMEOUT' ? errorText(error, words) : words.uploadFailed
}
