'use client'
import { useEffect, useRef, useState } from 'react'
import type { KeyboardEvent, ReactElement } from 'react'
import { useStrings } from '../../components/index.ts'
import { useUpdateConversation } from '../../hooks/index.ts'
import { inboxWords } from '../../internal/english/admin/inbox.ts'
import { closeIcon, plusIcon } from '../../internal/icons.tsx'
import type { ConversationInstance, Meta } from '../../protocol/index.ts'
import { EMPTY_LINE, faultIn, linesOf, mergeLines } from '../metaLines.ts'
import type { MetaFault, MetaLine } from '../metaLines.ts'
import { refusal } from './refusal.ts'
import { useUnsaved } from './useUnsaved.ts'

interface Draft {
  before: Meta | undefined
  lines: MetaLine[]
}

/** The meta of a conversation, key by key. What others change meanwhile is not written over. */
export function MetaEditor({ conversation }: { conversation: ConversationInstance }): ReactElement {
  const words = useStrings(inboxWords)
  const [draft, setDraft] = useUnsaved<Draft>(`${conversation.id} meta`)
  const [fault, setFault] = useState<MetaFault>()
  const update = useUpdateConversation(conversation.id)
  const list = useRef<HTMLUListElement>(null)
  const added = useRef(false)
  const lines = draft?.lines ?? linesOf(conversation.meta)

  useEffect(() => {
    if (!added.current) return
    added.current = false
    list.current?.querySelector<HTMLElement>('li:last-child input')?.focus()
  })

  const change = (next: MetaLine[]) => {
    setFault(undefined)
    setDraft((known) => ({ before: known ? known.before : conversation.meta, lines: next }))
  }
  const discard = () => {
    setFault(undefined)
    setDraft(() => undefined)
    update.reset()
  }
  const save = () => {
    if (!draft || update.isPending) return
    const found = faultIn(lines)
    setFault(found)
    if (found) return
    const meta = mergeLines(draft.before, lines, conversation.meta)
    // What was written while it was sent stays written. A promise: it tells so also when another conversation is open by then.
    update.mutateAsync({ meta }).then(
      () => setDraft((now) => (now === draft ? undefined : now)),
      // Said by `update.error`.
      () => undefined,
    )
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.nativeEvent.isComposing || !draft) return
    event.stopPropagation()
    discard()
  }
  const set = (at: number, patch: Partial<MetaLine>) =>
    change(lines.map((line, index) => (index === at ? { ...line, ...patch } : line)))
  const sentences = {
    twice: words.inboxMetaTwice,
    badKey: words.inboxMetaBadKey,
    badJson: () => words.inboxMetaBadJson,
  }
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys are those of the fields inside
    <form
      className="ck-fields"
      aria-busy={update.isPending}
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      {lines.length === 0 && <p className="ck-section-text">{words.inboxMetaNone}</p>}
      <ul ref={list} className="ck-meta-lines">
        {lines.map((line, index) => (
          // eslint-disable-next-line react/no-array-index-key -- a line is its place: its key is being written
          <li key={index} className="ck-meta-line">
            <input
              className="ck-field"
              dir="auto"
              aria-label={words.inboxMetaKey}
              aria-invalid={fault?.at === index || undefined}
              value={line.key}
              onChange={(event) => set(index, { key: event.target.value })}
            />
            <input
              className="ck-field"
              dir="auto"
              aria-label={`${words.inboxMetaValue} ${line.key}`}
              title={line.json ? words.inboxMetaJson : undefined}
              data-json={line.json ? '' : undefined}
              value={line.value}
              onChange={(event) => set(index, { value: event.target.value })}
            />
            <button
              type="button"
              className="ck-icon-button"
              aria-label={words.inboxMetaRemove({ key: line.key })}
              title={words.inboxMetaRemove({ key: line.key })}
              onClick={() => change(lines.filter((_, at) => at !== index))}
            >
              {closeIcon}
            </button>
          </li>
        ))}
      </ul>
      {fault && (
        <p className="ck-section-text" data-error="" role="alert">
          {sentences[fault.fault]({ key: fault.key })}
        </p>
      )}
      {update.error && draft && (
        <p className="ck-section-text" data-error="" role="alert">
          {refusal(update.error, words)}
        </p>
      )}
      <div className="ck-editor-actions">
        <button
          type="button"
          className="ck-button"
          data-quiet=""
          onClick={() => {
            added.current = true
            change([...lines, EMPTY_LINE])
          }}
        >
          {plusIcon}
          {words.inboxMetaAdd}
        </button>
        {draft && (
          <>
            <button type="button" className="ck-button" data-quiet="" onClick={discard}>
              {words.inboxDiscard}
            </button>
            <button type="submit" className="ck-button">
              {words.inboxSave}
            </button>
          </>
        )}
      </div>
    </form>
  )
}
