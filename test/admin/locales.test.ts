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
  bulkFormatMarkdown: 'ar de es fr it ja nl pl pt tr zh',
  inboxDetails: 'de nl',
  inboxName: 'de',
  inboxContactName: 'de',
  keysChanged: 'de es it nl pl pt tr',
  keysEscape: 'ar de es it ja nl pl pt tr zh',
  keysAlt: 'ar de es fr it ja nl pl pt tr zh',
  searchBot: 'de es fr it nl pl pt tr',
  viewBetween: 'de es fr it nl pl pt tr',
  viewBot: 'de es fr it nl pl pt tr',
  viewMetaKey: 'de',
  viewChip: 'de es it nl pl pt tr',
  boardBot: 'de es fr it nl pl pt tr',
  usageTokens: 'de es nl pt',
  keysEnter: 'ar ja nl pl pt tr zh',
  keysBackspace: 'ar it ja nl pl pt tr zh',
  keysDel: 'ar ja nl pl pt tr zh',
  keysControl: 'ar es fr it ja nl pl pt tr zh',
  keysShift: 'ar ja nl pl pt tr zh',
  inboxContact: 'fr nl',
  viewContact: 'fr nl',
  searchContact: 'fr nl',
  inboxModel: 'nl pl tr',
  viewModel: 'nl pl tr',
  searchModel: 'nl pl tr',
  boardModel: 'nl pl tr',
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
