import { errorText } from '../../components/index.ts'
import type { BulkMessages } from '../../internal/english/admin/bulk.ts'
import { ConversationError } from '../../transport/index.ts'
import { isGone } from '../isGone.ts'
import type { Reason } from './job.ts'

type Words = Parameters<typeof errorText>[1] & Pick<BulkMessages, 'bulkGone' | 'bulkRefused'>

/** Why something failed, in a sentence for who works with it. */
export function reasonText(reason: Reason, words: Words): string {
  if (isGone(reason)) return words.bulkGone
  const text = errorText(new ConversationError(reason), words)
  return text === words.errorGeneric ? words.bulkRefused({ code: reason.code }) : text
}
