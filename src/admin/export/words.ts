import { bulkWords } from '../../internal/english/admin/bulk.ts'
import { listWords } from '../../internal/english/list.ts'
import { chatWords } from '../../internal/index.ts'
import type { MessageType } from '../../protocol/index.ts'

/** The words in an exported file that are not those of its conversations. */
export const exportWords = {
  assistant: chatWords.assistant,
  reasoning: chatWords.reasoning,
  untitled: listWords.untitled,
  exportContents: bulkWords.exportContents,
  exportMessages: bulkWords.exportMessages,
  exportTitle: bulkWords.exportTitle,
  exportContext: bulkWords.exportContext,
  exportInstruction: bulkWords.exportInstruction,
  exportBackstory: bulkWords.exportBackstory,
  exportActivity: bulkWords.exportActivity,
  exportCheckpoint: bulkWords.exportCheckpoint,
  exportExported: bulkWords.exportExported,
  exportUser: bulkWords.exportUser,
}

export type ExportWords = typeof exportWords

/** Who or what speaks in a message of this type. */
export function speakerOf(type: MessageType, words: ExportWords): string {
  switch (type) {
    case 'user':
      return words.exportUser
    case 'bot':
      return words.assistant
    case 'reasoning':
      return words.reasoning
    case 'context':
      return words.exportContext
    case 'instruction':
      return words.exportInstruction
    case 'backstory':
      return words.exportBackstory
    case 'activity':
      return words.exportActivity
    case 'checkpoint':
      return words.exportCheckpoint
    default:
      return type
  }
}
