'use client'
import type { ReactElement, ReactNode } from 'react'
import { errorText, useLocale, useStrings } from '../../components/index.ts'
import { useAttachments, useConversation } from '../../hooks/index.ts'
import { inboxWords } from '../../internal/english/admin/inbox.ts'
import { listWords } from '../../internal/english/list.ts'
import type { ConversationInstance } from '../../protocol/index.ts'
import { UsagePanel } from '../votes/UsagePanel.tsx'
import type { ConversationFacts } from '../view/view.ts'
import { Contact } from './Contact.tsx'
import { Details } from './Details.tsx'
import { Failed } from './Failed.tsx'
import { MetaEditor } from './MetaEditor.tsx'

const WORDS = { ...listWords, ...inboxWords }

export interface PanelProps {
  conversationId: string
  facts: ConversationFacts | undefined
  /** Opens another conversation of the same contact. */
  onOpen: (id: string) => void
}

/** What is known of a conversation beside what was said in it; what can be changed of it is changed here. */
export function Panel({ conversationId, facts, onOpen }: PanelProps): ReactElement {
  const words = useStrings(WORDS)
  const { data, error, isPending, refetch } = useConversation(conversationId)
  if (isPending) return <output className="ck-loading">{words.loading}</output>
  if (!data) {
    return (
      <div className="ck-conversations-note" role="alert">
        {errorText(error, words)}
        <button type="button" className="ck-button" onClick={() => void refetch()}>
          {words.retry}
        </button>
      </div>
    )
  }
  return <Sections key={data.id} conversation={data} facts={facts} onOpen={onOpen} />
}

function Sections(props: { conversation: ConversationInstance } & Pick<PanelProps, 'facts' | 'onOpen'>) {
  const { conversation, facts, onOpen } = props
  const words = useStrings(WORDS)
  return (
    <>
      <Section title={words.inboxDetails}>
        <Details conversation={conversation} />
      </Section>
      <Section title={words.inboxContact}>
        <Contact conversation={conversation} onOpen={onOpen} />
      </Section>
      <Section title={words.inboxMeta}>
        <MetaEditor conversation={conversation} />
      </Section>
      <Section title={words.inboxVotes}>
        <Votes facts={facts} />
      </Section>
      <Section title={words.inboxUsage}>
        <UsagePanel conversationId={conversation.id} />
      </Section>
      <Section title={words.inboxFiles}>
        <Files conversationId={conversation.id} />
      </Section>
    </>
  )
}

/** A part of the panel that can be folded. */
function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <details className="ck-section" open>
      <summary className="ck-section-title">
        <h3 className="ck-section-name">{title}</h3>
      </summary>
      <div className="ck-section-body">{children}</div>
    </details>
  )
}

function Votes({ facts }: { facts: ConversationFacts | undefined }) {
  const words = useStrings(WORDS)
  const locale = useLocale()
  const { up = 0, down = 0 } = facts ?? {}
  return (
    <p className="ck-section-text">
      {up + down === 0 ? words.inboxNoVotes : words.inboxVotesCounted({ up, down, locale })}
    </p>
  )
}

function Files({ conversationId }: { conversationId: string }) {
  const words = useStrings(WORDS)
  const { data, error, isPending, refetch } = useAttachments(conversationId)
  if (isPending) return <p className="ck-section-text">{words.loading}</p>
  if (error && !data) return <Failed error={error} onRetry={() => void refetch()} />
  if (!data?.length) return <p className="ck-section-text">{words.inboxNoFiles}</p>
  return (
    <ul className="ck-section-list">
      {data.map((file) => (
        <li key={file.id} dir="auto">
          {file.name ?? file.id}
        </li>
      ))}
    </ul>
  )
}
