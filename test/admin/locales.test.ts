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
  bulkExportFormat: 'de',
  bulkFormatMarkdown: 'ar de ja pt zh',
  inboxDetails: 'de',
  inboxName: 'de',
  inboxContactName: 'de',
  keysChanged: 'de pt',
  keysEscape: 'ar de ja pt zh',
  keysAlt: 'ar de ja pt zh',
  searchBot: 'de pt',
  viewBetween: 'de pt',
  viewBot: 'de pt',
  viewMetaKey: 'de',
  viewChip: 'de pt',
  boardBot: 'de pt',
  usageTokens: 'de pt',
  keysEnter: 'ar ja pt zh',
  keysBackspace: 'ar ja pt zh',
  keysDel: 'ar ja pt zh',
  keysControl: 'ar ja pt zh',
  keysShift: 'ar ja pt zh',
}

checkLocales({
  folder: 'src/admin/locales',
  english: { ...english, ...adminEnglish },
  locales,
  same: SAME,
  free: ['time'],
})
