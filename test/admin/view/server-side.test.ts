import { ConversationProvider } from 'conversation-kit'
import {
  CommandMenu,
  CommandMenuButton,
  SavedViews,
  Shortcuts,
  ShortcutsDialog,
  useConversationView,
  ViewBar,
  ViewNote,
} from 'conversation-kit/admin'
import { ConversationClient } from 'conversation-kit/transport'
import { createElement as h } from 'react'
import { renderToString } from 'react-dom/server'
import { expect, test } from 'vitest'

test('filters, saved views and shortcuts are made on a server, where there is no page and nothing is kept', () => {
  function Desk() {
    const [view, onViewChange] = useConversationView({ address: true, defaultValue: { votes: 'down' } })
    return h(
      Shortcuts,
      null,
      h(ViewBar, { view, onViewChange }, h(SavedViews, { view, onViewChange })),
      h(ViewNote, { view, loaded: 3, hasMore: true }),
      h(CommandMenuButton),
      h(CommandMenu),
      h(ShortcutsDialog),
    )
  }
  const client = new ConversationClient({ baseUrl: 'https://example.com' })
  const html = renderToString(h(ConversationProvider, { client, locale: 'en', children: h(Desk) }))
  expect(html).toContain('Voted down')
  expect(html).toContain('3 loaded of more')
  expect(html).not.toContain('<dialog')
})
