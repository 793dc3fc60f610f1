import { createSearch } from 'conversation-kit/admin'
import type { SearchDocument } from 'conversation-kit/admin'

/** What the test calls in the page. */
export interface SearchPage {
  /** Searches in `count` conversations, each with a message, and gives who has searched and what was found. */
  find: (count: number, text: string) => Promise<{ engine: string; total: number; first: string | undefined }>
}

async function find(count: number, text: string) {
  const search = createSearch()
  const documents: SearchDocument[] = []
  for (let at = 0; at < count; at += 1) {
    documents.push({ conversationId: `c${at}`, name: `Conversation ${at}` })
    const said = at === 7 ? 'Une crème brûlée et 東京都' : `hello ${at}`
    documents.push({ conversationId: `c${at}`, messageId: `m${at}`, type: 'user', text: said, createdAt: at })
  }
  search.add(documents)
  await new Promise<void>((resolve) => {
    search.subscribe(() => {
      const { engine, pending } = search.getStatus()
      if (engine !== 'none' && pending === 0) resolve()
    })
  })
  const { total, hits } = await search.query(text)
  const { engine } = search.getStatus()
  search.dispose()
  return { engine, total, first: hits[0]?.message?.messageId }
}

Object.assign(globalThis, { searchPage: { find } satisfies SearchPage })
