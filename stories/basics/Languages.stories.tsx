import type { Meta, StoryObj } from '@storybook/react-vite'
import { ChatWindow, ConversationList, ConversationProvider } from 'conversation-kit'
import type { Messages } from 'conversation-kit'
import type { ConversationServerOptions } from 'conversation-kit/server'
import ar from 'conversation-kit/locales/ar'
import de from 'conversation-kit/locales/de'
import ja from 'conversation-kit/locales/ja'
import { ConversationClient } from 'conversation-kit/transport'
import { useEffect, useState } from 'react'
import { expect, waitFor } from 'storybook/test'
import { arabic } from '../support/conversations.ts'
import { scene } from '../support/scene.tsx'
import '../Playground.css'

type Seed = NonNullable<ConversationServerOptions['conversations']>[number]

const meta: Meta<typeof ChatWindow> = { title: 'Basics/Languages', component: ChatWindow }
export default meta
type Story = StoryObj<typeof meta>

const german: Seed = {
  id: 'brot',
  name: 'Sauerteigbrot mit Roggenvollkornmehl',
  messages: [
    { id: 'brot-1', type: 'user', text: 'Wie lange muss der Sauerteig gehen?' },
    { id: 'brot-2', type: 'bot', text: 'Bei **24 °C** etwa fünf Stunden, danach über Nacht im Kühlschrank.' },
  ],
}

const failing = scene({ locale: 'de', messages: de, conversations: [german] })
/** Long words in the narrowest window: nothing is cut off, and nothing stands out. */
export const German: Story = {
  ...failing.story,
  args: { conversationId: 'brot', title: 'Brotberatung', voteReasons: ['Falsch', 'Zu ausführlich'] },
  parameters: { page: { width: '280px', height: '36rem' } },
  play: async ({ canvas, userEvent }) => {
    const reply = failing.server.holdReply()
    await canvas.findByText('Wie lange muss der Sauerteig gehen?')
    await userEvent.type(canvas.getByRole('textbox', { name: 'Nachricht schreiben …' }), 'Und im Winter?{Enter}')
    await reply.token('Im Winter dauert es länger')
    await canvas.findByText('Im Winter dauert es länger')
    await userEvent.type(canvas.getByRole('textbox'), 'Bei 18 °C?{Enter}')
    await expect(await canvas.findByText('Wird noch gesendet')).toBeVisible()
    await reply.cut()
    await expect(await canvas.findByRole('alert')).toHaveTextContent('Die Verbindung brach ab')
    await waitFor(() => expect(canvas.getByRole('button', { name: 'Erneut versuchen' })).toBeVisible())
  },
}

const limited = scene({
  locale: 'de',
  messages: de,
  prepare: (server) => server.fail('conversation.create', { status: 429, retryAfter: 20 }),
})
/** Numbers, and the words that go with them. */
export const GermanNumbers: Story = {
  ...limited.story,
  args: { title: 'Brotberatung', suggestions: ['Warum bleibt mein Brot flach?', 'Wie warm muss der Teig sein?'] },
  parameters: { page: { width: '320px', height: '36rem' } },
  play: async ({ canvas, userEvent }) => {
    await expect(canvas.getByText('Wie kann ich helfen?')).toBeVisible()
    await userEvent.click(canvas.getByRole('button', { name: 'Warum bleibt mein Brot flach?' }))
    await expect(await canvas.findByRole('alert')).toHaveTextContent('in 20 Sekunden')
  },
}

const activity = (type: 'request' | 'response', more: object) => ({
  type: 'activity' as const,
  text: '',
  meta: { activity: { type, function: { name: 'readOven', ...more } } },
})
const called: Seed = {
  ...arabic,
  messages: [
    ...(arabic.messages ?? []),
    { id: 'arabic-3', type: 'user', text: 'كم حرارة الفرن الآن؟' },
    activity('request', { arguments: { zone: 'upper' } }),
    activity('response', { arguments: { zone: 'upper' }, result: '{"celsius":231}' }),
    { id: 'arabic-4', type: 'bot', text: 'حرارة الفرن الآن 231 درجة، وهي كافية للخبز.' },
  ],
}

const rightToLeft = scene({ locale: 'ar-EG', messages: ar, conversations: [called, german] })
/** From the right: what points on points the other way, and numbers are as in Egypt. */
export const Arabic: Story = {
  ...rightToLeft.story,
  args: { conversationId: 'arabic', title: 'خبز البيت', voteReasons: ['غير صحيحة', 'طويلة جدًا'] },
  parameters: { page: { dir: 'rtl', width: '60rem' } },
  render: (args) => (
    <div className="playground">
      <ConversationList value="arabic" />
      <ChatWindow {...args} />
    </div>
  ),
  play: async ({ canvas, userEvent }) => {
    await canvas.findByText('كم حرارة الفرن الآن؟')
    await expect(await canvas.findByText(/^قبل ٣ أيام|^قبل ٨٠ ساعة/)).toBeVisible()
    await userEvent.click((await canvas.findAllByRole('button', { name: 'إجابة سيئة' })).at(-1)!)
    await waitFor(() => expect(canvas.getByText('ما المشكلة في هذه الإجابة؟')).toBeVisible())
  },
}

/** The narrowest window, from the right. */
export const ArabicNarrow: Story = {
  ...scene({ locale: 'ar', messages: ar, conversations: [called] }).story,
  args: { conversationId: 'arabic', title: 'خبز البيت' },
  parameters: { page: { dir: 'rtl', width: '280px', height: '36rem' } },
}

const waiting = scene({ locale: 'ja', messages: ja, prepare: (server) => void server.holdReply() })
/** A language without spaces. */
export const Japanese: Story = {
  ...waiting.story,
  args: { title: 'パンの相談' },
  parameters: { page: { width: '320px', height: '36rem' } },
  play: async ({ canvas, userEvent }) => {
    await userEvent.type(canvas.getByRole('textbox'), 'なぜ膨らまないのですか{Enter}')
    await expect(await canvas.findByText('考え中…')).toBeVisible()
  },
}

/** A page downloads the language it is read in, and no other. */
const LANGUAGES: Record<string, () => Promise<{ default: Partial<Messages> }>> = {
  ar: () => import('conversation-kit/locales/ar'),
  de: () => import('conversation-kit/locales/de'),
  en: () => import('conversation-kit/locales/en'),
  es: () => import('conversation-kit/locales/es'),
  fr: () => import('conversation-kit/locales/fr'),
  it: () => import('conversation-kit/locales/it'),
  ja: () => import('conversation-kit/locales/ja'),
  nl: () => import('conversation-kit/locales/nl'),
  pl: () => import('conversation-kit/locales/pl'),
  pt: () => import('conversation-kit/locales/pt'),
  tr: () => import('conversation-kit/locales/tr'),
  zh: () => import('conversation-kit/locales/zh'),
}

const chosen = scene({ conversations: [german] })
const client = new ConversationClient({
  baseUrl: 'http://server.example',
  fetch: (input, init) => chosen.server.fetch(new Request(input, init)),
})

function ChooseLanguage(args: Parameters<typeof ChatWindow>[0]) {
  const [language, setLanguage] = useState('en')
  const [messages, setMessages] = useState<Partial<Messages>>()
  useEffect(() => {
    let left = false
    void LANGUAGES[language]?.().then((locale) => left || setMessages(locale.default))
    return () => void (left = true)
  }, [language])
  return (
    <div
      lang={language}
      dir={language === 'ar' ? 'rtl' : 'ltr'}
      style={{ display: 'grid', gridTemplateRows: 'auto minmax(0, 1fr)', gap: '1rem', blockSize: '100%' }}
    >
      <select aria-label="Language" value={language} onChange={(event) => setLanguage(event.target.value)}>
        {Object.keys(LANGUAGES).map((tag) => (
          <option key={tag} value={tag}>
            {new Intl.DisplayNames(tag, { type: 'language' }).of(tag)}
          </option>
        ))}
      </select>
      <ConversationProvider client={client} locale={language} messages={messages}>
        <ChatWindow {...args} />
      </ConversationProvider>
    </div>
  )
}

/** The language changes while the page is open, and what is written stays. */
export const Choose: Story = {
  beforeEach: chosen.story.beforeEach,
  render: ChooseLanguage,
  play: async ({ canvas, userEvent }) => {
    const field = canvas.getByRole('textbox')
    await userEvent.type(field, 'Moin')
    for (const [language, name] of [
      ['pl', 'Napisz wiadomość…'],
      ['zh', '输入消息…'],
      ['ar', 'اكتب رسالة…'],
      ['fr', 'Écrivez un message…'],
    ] as const) {
      await userEvent.selectOptions(canvas.getByRole('combobox'), language)
      await waitFor(() => expect(canvas.getByRole('textbox')).toHaveAccessibleName(name))
    }
    await expect(canvas.getByRole('textbox')).toBe(field)
    await expect(field).toHaveValue('Moin')
  },
}
