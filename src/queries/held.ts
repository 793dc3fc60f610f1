import type { MessageInstance } from '../protocol/index.ts'
import type { MessagePages } from './messages.ts'

/** The newest message that the cache holds. */
export const newestOf = (pages: MessagePages | undefined): MessageInstance | undefined =>
  pages?.pages.find((page) => page.items.length > 0)?.items[0]

/** All messages that the cache holds, the oldest first. */
export function oldestFirst(pages: MessagePages): MessageInstance[] {
  const messages: MessageInstance[] = []
  for (const page of pages.pages) messages.push(...page.items)
  return messages.toReversed()
}
