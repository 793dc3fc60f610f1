'use client'
import { useState } from 'react'
import type { ReactElement } from 'react'
import { useLocale, useNow, useStrings } from '../../components/index.ts'
import { useContact, useContactConversations, useUpsertContact, useWrite } from '../../hooks/index.ts'
import { inboxWords } from '../../internal/english/admin/inbox.ts'
import { listWords } from '../../internal/english/list.ts'
import type { ContactInstance, ConversationInstance } from '../../protocol/index.ts'
import { useConversationKit } from '../../provider/index.ts'
import { updateContactOptions } from '../../queries/index.ts'
import { Failed } from './Failed.tsx'
import { Field, Fields } from './Fields.tsx'
import { useEdited } from './useEdited.ts'

const WORDS = { ...listWords, ...inboxWords }
const NOBODY = { name: '', email: '', phone: '', description: '' }
const OTHERS = { take: 20 }

interface ContactProps {
  conversation: ConversationInstance
  onOpen: (id: string) => void
}

/** Who is behind a conversation: to be changed, and what else they have talked about. */
export function Contact({ conversation, onOpen }: ContactProps): ReactElement {
  const words = useStrings(WORDS)
  const { contactId } = conversation
  const { data, error, isPending, refetch } = useContact(contactId)
  if (!contactId) return <NewContact conversationId={conversation.id} />
  if (data) {
    return (
      <>
        <KnownContact key={data.id} contact={data} />
        <Others contactId={data.id} conversationId={conversation.id} onOpen={onOpen} />
      </>
    )
  }
  if (isPending) return <p className="ck-section-text">{words.loading}</p>
  return <Failed error={error} onRetry={() => void refetch()} />
}

function KnownContact({ contact }: { contact: ContactInstance }) {
  const { client } = useConversationKit()
  const { name, email, phone, description } = contact
  const edited = useEdited(`${contact.id} contact`, {
    name: name ?? '',
    email: email ?? '',
    phone: phone ?? '',
    description: description ?? '',
  })
  // Also when another conversation is open by then.
  const update = useWrite(updateContactOptions(client, contact.id), { onSuccess: (_id, sent) => edited.settle(sent) })
  return (
    <Fields
      edited={edited}
      isPending={update.isPending}
      error={update.error}
      onSave={() => update.mutate(edited.changed)}
    >
      <ContactFields edited={edited} />
    </Fields>
  )
}

function NewContact({ conversationId }: { conversationId: string }) {
  const words = useStrings(WORDS)
  const edited = useEdited(`${conversationId} new contact`, NOBODY)
  // What was begun and left is there again, to be seen.
  const [begun] = useState(edited.isChanged)
  const upsert = useUpsertContact(conversationId)
  const save = () => {
    const sent = edited.changed
    // Not before the contact is there to be shown in place of this.
    upsert.mutateAsync(sent).then(
      () => edited.settle(sent),
      () => undefined,
    )
  }
  return (
    <>
      <p className="ck-section-text">{words.inboxNoContact}</p>
      <details className="ck-new-contact" open={begun}>
        <summary className="ck-button">{words.inboxAddContact}</summary>
        <Fields edited={edited} isPending={upsert.isPending} error={upsert.error} onSave={save}>
          <ContactFields edited={edited} />
        </Fields>
      </details>
    </>
  )
}

function ContactFields({ edited }: { edited: Parameters<typeof Field>[0]['edited'] }) {
  const words = useStrings(WORDS)
  return (
    <>
      <Field label={words.inboxContactName} name="name" edited={edited} />
      <Field label={words.inboxContactEmail} name="email" type="email" edited={edited} />
      <Field label={words.inboxContactPhone} name="phone" type="tel" edited={edited} />
      <Field label={words.inboxContactDescription} name="description" edited={edited} multiline />
    </>
  )
}

function Others(props: { contactId: string; conversationId: string; onOpen: (id: string) => void }) {
  const { contactId, conversationId, onOpen } = props
  const words = useStrings(WORDS)
  const locale = useLocale()
  const now = useNow()
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage } = useContactConversations(contactId, OTHERS)
  const others = data?.filter(({ id }) => id !== conversationId) ?? []
  return (
    <div className="ck-others">
      <h4 className="ck-others-title">{words.inboxOtherConversations}</h4>
      {isPending && <p className="ck-section-text">{words.loading}</p>}
      {error && !data && <Failed error={error} onRetry={() => void refetch()} />}
      {data && others.length === 0 && !hasNextPage && (
        <p className="ck-section-text">{words.inboxNoOtherConversations}</p>
      )}
      <ul className="ck-section-list">
        {others.map(({ id, name, createdAt }) => (
          <li key={id}>
            <button type="button" className="ck-other" onClick={() => onOpen(id)}>
              <span className="ck-other-name" dir="auto">
                {name?.trim() || words.untitled}
              </span>
              <time className="ck-other-time" dateTime={new Date(createdAt).toISOString()}>
                {words.time({ date: new Date(createdAt), now, locale })}
              </time>
            </button>
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <button type="button" className="ck-button" onClick={() => void fetchNextPage()}>
          {words.loadMore}
        </button>
      )}
    </div>
  )
}
