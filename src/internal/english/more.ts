import type { Messages } from '../strings.ts'
import { counted } from './counted.ts'

/** What is said by parts that no drop-in has. */
export const moreWords = {
  export: 'Export',
  tokens: ({ count, locale }) => counted(count, locale, 'token'),
} satisfies Partial<Messages>
