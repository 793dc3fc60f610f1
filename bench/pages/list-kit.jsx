import { QueryClient } from '@tanstack/react-query'
import { ConversationList, ConversationProvider } from 'conversation-kit'
import { conversationKeys, createConversationMutations } from 'conversation-kit/queries'
import { ConversationClient } from 'conversation-kit/transport'
import 'conversation-kit/styles.css'
import { createRoot } from 'react-dom/client'
import './kit.css'
import { conversationsOf } from './list-data.js'

/** As many as the API sends at once. */
const PAGE = 100

const client = new ConversationClient({ baseUrl: '/answer' })
const queryClient = new QueryClient()
const mutations = createConversationMutations(client)
const root = createRoot(document.querySelector('#root'))
let conversations = []

globalThis.chat = {
  prepare(count) {
    conversations = conversationsOf(count)
    const pages = []
    for (let at = 0; at < count; at += PAGE) {
      const items = conversations.slice(at, at + PAGE)
      pages.push(at + PAGE < count ? { items, cursor: items.at(-1).id } : { items })
    }
    const pageParams = pages.map((_, at) => pages[at - 1]?.cursor)
    queryClient.setQueryData(conversationKeys.list(), { pages, pageParams })
  },
  open: () =>
    root.render(
      <ConversationProvider client={client} queryClient={queryClient} locale="en">
        <ConversationList />
      </ConversationProvider>,
    ),
  close: () => root.render(null),
  // What a new name does before the server has answered.
  change: (id, name) => void mutations.update(id).onMutate({ name }, { client: queryClient }),
  idAt: (at) => conversations[at].id,
  row: '.ck-row',
  viewport: () => document.querySelector('.ck-conversations-scroll'),
}
