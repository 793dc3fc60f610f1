'use client'
import type { ReactElement } from 'react'
import { useLocale, useStrings } from '../../components/index.ts'
import { useUpdateConversation } from '../../hooks/index.ts'
import { inboxWords } from '../../internal/english/admin/inbox.ts'
import { checkIcon, copyIcon } from '../../internal/icons.tsx'
import { useCopy } from '../../internal/useCopy.ts'
import type { ConversationInstance } from '../../protocol/index.ts'
import { Field, Fields } from './Fields.tsx'
import { useEdited } from './useEdited.ts'

/** The name and description of a conversation, to be changed, and when, with what and of what kind it is. */
export function Details({ conversation }: { conversation: ConversationInstance }): ReactElement {
  const words = useStrings(inboxWords)
  const locale = useLocale()
  const { id, name, description, createdAt, updatedAt, botId, model, taskId } = conversation
  const edited = useEdited(`${id} details`, { name: name ?? '', description: description ?? '' })
  // Also when another conversation is open by then.
  const update = useUpdateConversation(id, { onSuccess: (_id, sent) => edited.settle(sent) })
  const date = (time: number) =>
    new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(time)
  return (
    <>
      <Fields
        edited={edited}
        isPending={update.isPending}
        error={update.error}
        onSave={() => update.mutate(edited.changed)}
      >
        <Field label={words.inboxName} name="name" edited={edited} />
        <Field label={words.inboxDescription} name="description" edited={edited} multiline />
      </Fields>
      <dl className="ck-facts">
        <Fact label={words.inboxCreated} value={date(createdAt)} />
        {updatedAt !== createdAt && <Fact label={words.inboxChanged} value={date(updatedAt)} />}
        {botId && <Fact label={words.inboxBot} value={botId} />}
        {model && <Fact label={words.inboxModel} value={model} />}
        {taskId && <Fact label={words.inboxTask} value={taskId} />}
        <Fact label={words.inboxId} value={id} copies />
      </dl>
    </>
  )
}

function Fact({ label, value, copies }: { label: string; value: string; copies?: boolean }) {
  return (
    <div className="ck-fact">
      <dt>{label}</dt>
      <dd dir="auto">
        {value}
        {copies && <CopyValue value={value} />}
      </dd>
    </div>
  )
}

function CopyValue({ value }: { value: string }) {
  const words = useStrings(inboxWords)
  const [copied, copy] = useCopy(value)
  const label = copied ? words.copied : words.inboxCopyId
  return (
    <button type="button" className="ck-icon-button" aria-label={label} title={label} onClick={copy}>
      {copied ? checkIcon : copyIcon}
    </button>
  )
}
