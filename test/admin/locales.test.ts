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
  bulkFormatMarkdown: 'de',
  inboxDetails: 'de',
  inboxName: 'de',
  inboxContactName: 'de',
  keysChanged: 'de',
  keysEscape: 'de',
  keysAlt: 'de',
  searchBot: 'de',
  viewBetween: 'de',
  viewBot: 'de',
  viewMetaKey: 'de',
  viewChip: 'de',
  boardBot: 'de',
  usageTokens: 'de',
}

checkLocales({
  folder: 'src/admin/locales',
  english: { ...english, ...adminEnglish } as unknown as Catalogue,
  locales,
  same: SAME,
  free: ['time'],
})
