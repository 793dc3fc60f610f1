/// <reference types="vite/client" />
import { adminEnglish } from '../../src/internal/adminStrings.ts'
import { english } from '../../src/internal/strings.ts'
import { checkLocales } from '../support/locale-checks.ts'
import type { Catalogue } from '../support/locale-checks.ts'

const files = import.meta.glob<{ default: object }>('../../src/admin/locales/*.ts', { eager: true })
const locales = Object.fromEntries(
  Object.entries(files)
    .map(([file, words]) => [file.replace(/^.*\/|\.ts$/g, ''), words.default as Catalogue] as const)
    .filter(([tag]) => tag !== 'en'),
)

/** Words that are the same in English and in these. */
const SAME: Record<string, string> = {
  title: 'de es fr it nl pt',
  tokens: 'es nl pt',
  assistant: 'fr',
  suggestions: 'fr',
  conversations: 'fr',
  notes: 'fr',
  note: 'fr',
  image: 'fr',
  bulkExportFormat: 'de fr',
  bulkFormatMarkdown: 'ar de es fr it ja nl pt zh',
  inboxDetails: 'de nl',
  inboxName: 'de',
  inboxContactName: 'de',
  keysChanged: 'de es it nl pt',
  keysEscape: 'ar de es it ja nl pt zh',
  keysAlt: 'ar de es fr it ja nl pt zh',
  searchBot: 'de es fr it nl pt',
  viewBetween: 'de es fr it nl pt',
  viewBot: 'de es fr it nl pt',
  viewMetaKey: 'de',
  viewChip: 'de es it nl pt',
  boardBot: 'de es fr it nl pt',
  usageTokens: 'de es nl pt',
  keysEnter: 'ar ja nl pt zh',
  keysBackspace: 'ar it ja nl pt zh',
  keysDel: 'ar ja nl pt zh',
  keysControl: 'ar es fr it ja nl pt zh',
  keysShift: 'ar ja nl pt zh',
  inboxContact: 'fr nl',
  viewContact: 'fr nl',
  searchContact: 'fr nl',
  inboxModel: 'nl',
  viewModel: 'nl',
  searchModel: 'nl',
  boardModel: 'nl',
  viewFilters: 'nl',
  boardWeek: 'nl',
  exportMessages: 'fr',
  exportTitle: 'fr',
  exportContext: 'fr',
  inboxThread: 'fr',
  inboxBot: 'fr',
  inboxNote: 'fr',
  inboxDescription: 'fr',
  keysConversation: 'fr',
  searchMessages: 'fr',
  searchIn: 'fr',
  usageMessages: 'fr',
  inboxContactEmail: 'it',
}

checkLocales({
  folder: 'src/admin/locales',
  english: { ...english, ...adminEnglish },
  locales,
  same: SAME,
  free: ['time'],
})
