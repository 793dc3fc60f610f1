'use client'
import { useId, useState } from 'react'
import type { ReactElement } from 'react'
import { errorText, useChatControls, useChatInfo, useStrings } from '../../components/index.ts'
import { useComposer, useCreateConversation, useCreateMessage } from '../../hooks/index.ts'
import { inboxWords } from '../../internal/english/admin/inbox.ts'
import { AssistantIcon, SendIcon, StopIcon } from '../../internal/icons.tsx'
import { useConversationKit } from '../../provider/index.ts'
import type { ConversationError } from '../../transport/index.ts'

type Kind = 'bot' | 'context'

interface AnswerProps {
  /** `null`: what is written begins a new conversation. */
  conversationId: string | null
  onCreated: (id: string) => void
}

/**
 * What an admin writes: an answer in the name of the assistant, or a note that the contact does not see. Or nothing: the assistant can
 * be asked to answer by itself. What could not be stored comes back into the field, if that is empty, and can be sent again.
 */
export function Answer({ conversationId, onCreated }: AnswerProps): ReactElement {
  const words = useStrings(inboxWords)
  const { store } = useConversationKit()
  const [kind, setKind] = useState<Kind>('bot')
  const [failed, setFailed] = useState<{ draft: string; error: ConversationError }>()
  const [pending, setPending] = useState(0)
  const hint = useId()
  const { follow } = useChatControls('Composer')
  const create = useCreateConversation()
  const write = useCreateMessage(conversationId ?? '')
  const draftKey = `${conversationId ?? 'new'} ${kind}`
  const error = failed?.draft === draftKey ? failed.error : undefined

  const send = async (text: string) => {
    const type = kind
    setFailed(undefined)
    setPending((count) => count + 1)
    follow.sent()
    try {
      if (conversationId !== null) await write.mutateAsync({ type, text })
      else onCreated((await create.mutateAsync({ messages: [{ type, text }] })).id)
    } catch (reason) {
      setFailed({ draft: draftKey, error: reason as ConversationError })
      const { drafts, actions } = store.getState()
      // What was written since is not written over.
      const written = drafts[draftKey]
      actions.setDraft(draftKey, written ? `${text}\n\n${written}` : text)
    } finally {
      setPending((count) => count - 1)
    }
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
          <SendIcon />
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
      {busy ? <StopIcon /> : <AssistantIcon />}
      {busy ? words.stop : words.inboxLetBotAnswer}
    </button>
  )
}
