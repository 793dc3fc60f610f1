import type { Messages } from '../strings.ts'
import { counted } from './counted.ts'

/** What is said at the composer. */
export const hintWords = {
  offline: 'You are offline. What you send waits until the network is back.',
  charactersLeft: ({ count, locale }) => counted(count, locale, 'character left', 'characters left'),
  charactersOver: ({ count, locale }) => counted(count, locale, 'character too many', 'characters too many'),
} satisfies Partial<Messages>
