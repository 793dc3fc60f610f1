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
  bulkFormatMarkdown: 'ar de es fr it ja nl pl pt zh',
  inboxDetails: 'de nl',
  inboxName: 'de',
  inboxContactName: 'de',
  keysChanged: 'de es it nl pl pt',
  keysEscape: 'ar de es it ja nl pl pt zh',
  keysAlt: 'ar de es fr it ja nl pl pt zh',
  searchBot: 'de es fr it nl pl pt',
  viewBetween: 'de es fr it nl pl pt',
  viewBot: 'de es fr it nl pl pt',
  viewMetaKey: 'de',
  viewChip: 'de es it nl pl pt',
  boardBot: 'de es fr it nl pl pt',
  usageTokens: 'de es nl pt',
  keysEnter: 'ar ja nl pl pt zh',
  keysBackspace: 'ar it ja nl pl pt zh',
  keysDel: 'ar ja nl pl pt zh',
  keysControl: 'ar es fr it ja nl pl pt zh',
  keysShift: 'ar ja nl pl pt zh',
  inboxContact: 'fr nl',
  viewContact: 'fr nl',
  searchContact: 'fr nl',
  inboxModel: 'nl pl',
  viewModel: 'nl pl',
  searchModel: 'nl pl',
  boardModel: 'nl pl',
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
