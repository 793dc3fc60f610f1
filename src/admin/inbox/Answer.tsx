'use client'
import { useEffect, useId, useRef, useState } from 'react'
import type { ReactElement } from 'react'
import { errorText, useChatControls, useChatInfo, useStrings } from '../../components/index.ts'
import { useComposer, useCreateConversation, useCreateMessage } from '../../hooks/index.ts'
import { inboxWords } from '../../internal/english/admin/inbox.ts'
import { assistantIcon, sendIcon, stopIcon } from '../../internal/icons.tsx'
import { useConversationKit } from '../../provider/index.ts'
import type { ConversationError } from '../../transport/index.ts'

type Kind = 'bot' | 'context'

/** What could not be stored, by draft. Kept above: who has gone to another conversation is told when they are back. */
export type AnswerFailures = ReadonlyMap<string, ConversationError>

interface AnswerProps {
  /** `null`: what is written begins a new conversation. */
  conversationId: string | null
  onCreated: (id: string) => void
  failures: AnswerFailures
  onFailures: (change: (before: AnswerFailures) => AnswerFailures) => void
}

/**
 * What an admin writes: an answer in the name of the assistant, or a note that the contact does not see. Or nothing: the assistant can
 * be asked to answer by itself. What could not be stored comes back into the field, if that is empty, and can be sent again.
 */
export function Answer({ conversationId, onCreated, failures, onFailures }: AnswerProps): ReactElement {
  const words = useStrings(inboxWords)
  const { store } = useConversationKit()
  const [kind, setKind] = useState<Kind>('bot')
  const [pending, setPending] = useState(0)
  const hint = useId()
  const { follow } = useChatControls('Composer')
  const create = useCreateConversation()
  const write = useCreateMessage(conversationId ?? '')
  const draftKey = `${conversationId ?? 'new'} ${kind}`
  const error = failures.get(draftKey)
  const isHere = useRef(false)
  useEffect(() => {
    isHere.current = true
    return () => {
      isHere.current = false
    }
  }, [])

  const send = async (text: string) => {
    const type = kind
    const note = (reason?: ConversationError) =>
      onFailures((before) => {
        const after = new Map(before)
        if (reason) after.set(draftKey, reason)
        else after.delete(draftKey)
        return after
      })
    const { setDraft } = store.getState().actions
    const written = () => store.getState().drafts
    // One conversation, however often the key is pressed.
    if (conversationId === null && pending > 0) return setDraft(draftKey, text)
    note()
    setPending((count) => count + 1)
    follow.sent()
    try {
      if (conversationId !== null) await write.mutateAsync({ type, text })
      else {
        const { id } = await create.mutateAsync({ messages: [{ type, text }] })
        // What was written meanwhile belongs to it.
        for (const kept of ['bot', 'context']) {
          const begun = written()[`new ${kept}`]
          if (!begun) continue
          setDraft(`${id} ${kept}`, begun)
          setDraft(`new ${kept}`, '')
        }
        if (isHere.current) onCreated(id)
      }
    } catch (reason) {
      note(reason as ConversationError)
      // What was written since is not written over.
      const since = written()[draftKey]
      setDraft(draftKey, since ? `${text}\n\n${since}` : text)
    } finally {
      setPending((count) => count - 1)
    }
    return undefined
  }
  const composer = useComposer({ onSubmit: send, draftKey, submitKey: 'mod+enter' })
  const isNote = kind === 'context'
  return (
    <form className="ck-answer" data-kind={kind} aria-busy={pending > 0} {...composer.formProps}>
      <fieldset className="ck-answer-kinds">
        <legend className="ck-hidden">{words.inboxAnswerAs}</legend>
        {(['bot', 'context'] as const).map((one) => (
          <label key={one} className="ck-answer-kind">
            <input
              type="radio"
              className="ck-answer-radio"
              value={one}
              name={`${hint}-kind`}
              checked={kind === one}
              onChange={() => setKind(one)}
            />
            {one === 'bot' ? words.inboxAnswer : words.inboxNote}
          </label>
        ))}
        {conversationId !== null && <LetAnswer />}
      </fieldset>
      <div className="ck-answer-field">
        <textarea
          className="ck-answer-input"
          rows={2}
          dir={composer.value ? 'auto' : undefined}
          aria-label={isNote ? words.inboxNote : words.inboxAnswer}
          aria-describedby={isNote ? hint : undefined}
          placeholder={isNote ? words.inboxNotePlaceholder : words.inboxAnswerPlaceholder}
          data-inbox="answer"
          {...composer.inputProps}
        />
        <button
          type="submit"
          className="ck-answer-send"
          aria-label={isNote ? words.inboxAddNote : words.send}
          title={isNote ? words.inboxAddNote : words.send}
          disabled={composer.isEmpty}
        >
          {sendIcon}
        </button>
      </div>
      {isNote && (
        <p id={hint} className="ck-answer-hint">
          {words.inboxNotePrivate}
        </p>
      )}
      {error && (
        <p className="ck-answer-hint" data-error="" role="alert">
          {words.inboxNotStored} {errorText(error, words)}
        </p>
      )}
    </form>
  )
}

/** Asks the assistant to answer what is stored, or ends the answer that is on its way. */
function LetAnswer() {
  const words = useStrings(inboxWords)
  const { goOn, stop } = useChatControls('Composer')
  const { status } = useChatInfo('Composer')
  const busy = status === 'submitted' || status === 'streaming'
  return (
    <button type="button" className="ck-button" data-quiet="" onClick={busy ? stop : goOn}>
      {busy ? stopIcon : assistantIcon}
      {busy ? words.stop : words.inboxLetBotAnswer}
    </button>
  )
}
