'use client'
import { useEffect, useRef, useState } from 'react'
import type { KeyboardEvent, ReactElement } from 'react'
import { Chat, errorText, useChatControls, useMessageContext, useStrings } from '../../components/index.ts'
import { useDeleteMessage, useLatest, useUpdateMessage } from '../../hooks/index.ts'
import type { ChatMessage } from '../../hooks/index.ts'
import { inboxWords } from '../../internal/english/admin/inbox.ts'
import { editIcon } from '../../internal/icons.tsx'
import type { ConversationError } from '../../transport/index.ts'
import { deleteIcon } from '../icons.tsx'
import { useUnsaved } from './useUnsaved.ts'

interface AdminMessageProps {
  message: ChatMessage
  conversationId: string
  /** Whether somebody came for this one. */
  sought: boolean
  /** Told why it could not be deleted. */
  onRefused: (error: ConversationError) => void
}

/** A message as an admin sees it: of whom it is, also the notes between the others, with what can be done to it. */
export function AdminMessage({ message, conversationId, sought, onRefused }: AdminMessageProps): ReactElement {
  const words = useStrings(inboxWords)
  const { role, type } = message
  const label =
    role === 'user'
      ? words.inboxContact
      : role === 'assistant'
        ? words.inboxBot
        : type === 'context'
          ? words.inboxNote
          : words.inboxForModel
  return (
    <Chat.Message message={message} aria-label={label} data-sought={sought ? '' : undefined}>
      <Chat.Day />
      <Content message={message} conversationId={conversationId} label={label} onRefused={onRefused} />
    </Chat.Message>
  )
}

function Content(props: Omit<AdminMessageProps, 'sought'> & { label: string }) {
  const { message, conversationId, label, onRefused } = props
  const { editing, setEditing, state } = useMessageContext('Bubble')
  const words = useStrings(inboxWords)
  const place = `${conversationId} ${message.id}`
  // What was begun and left is there again.
  const [unsaved, setUnsaved] = useUnsaved<string>(place)
  const isOpen = editing || unsaved !== undefined
  const stored = message.id !== null && state.status !== 'queued' && state.status !== 'sending'
  return (
    <>
      {state.role === 'assistant' && <Chat.Avatar />}
      <Chat.Bubble>
        {state.role === 'system' && (
          <p className="ck-speaker" aria-hidden="true">
            {label}
          </p>
        )}
        <Chat.Files />
        {isOpen ? (
          <MessageEditor
            message={message}
            conversationId={conversationId}
            place={place}
            takesFocus={editing}
            onClose={() => setEditing(false)}
          />
        ) : (
          <Chat.Parts />
        )}
      </Chat.Bubble>
      <Chat.Actions>
        <Chat.Copy />
        {stored && message.text !== '' && (
          <button
            type="button"
            className="ck-icon-button"
            data-inbox="edit"
            aria-label={words.inboxEditMessage}
            title={words.inboxEditMessage}
            aria-pressed={isOpen}
            onClick={() => {
              setUnsaved(() => undefined)
              setEditing(!isOpen)
            }}
          >
            {editIcon}
          </button>
        )}
        {stored && <DeleteMessage id={message.id!} conversationId={conversationId} onRefused={onRefused} />}
        <Chat.Votes />
        <Chat.Time />
      </Chat.Actions>
    </>
  )
}

/** The words of a message, being changed by hand. Nobody is asked to answer them again. */
function MessageEditor(props: {
  message: ChatMessage
  conversationId: string
  place: string
  takesFocus: boolean
  onClose: () => void
}) {
  const { message, conversationId, place, takesFocus, onClose } = props
  const words = useStrings(inboxWords)
  const [unsaved, setUnsaved] = useUnsaved<string>(place)
  const text = unsaved ?? message.text
  const [error, setError] = useState<ConversationError>()
  const update = useUpdateMessage(conversationId, {
    // Also when another conversation is open by then. What was written since it was sent stays written.
    onSuccess: (_id, { text: sent }) => {
      if (latest.current === sent) leave()
      setUnsaved((now) => (now === sent ? undefined : now))
    },
    onError: setError,
  })
  const field = useRef<HTMLTextAreaElement>(null)
  const latest = useLatest(text)
  const opensHere = useRef(takesFocus)
  useEffect(() => {
    if (!opensHere.current) return
    field.current?.focus({ preventScroll: true })
    field.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  const leave = () => {
    const message = field.current?.closest('[data-ck="message"]')
    // Who is elsewhere by now stays there.
    if (field.current?.form?.contains(document.activeElement))
      message?.querySelector<HTMLElement>('[data-inbox="edit"]')?.focus()
    onClose()
  }
  const close = () => {
    leave()
    setUnsaved(() => undefined)
  }
  const save = () => {
    if (text.trim() === '' || update.isPending) return
    if (text === message.text) return close()
    setError(undefined)
    update.mutate({ messageId: message.id!, text })
    return undefined
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return
    if (event.key === 'Escape') {
      event.stopPropagation()
      close()
    } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      save()
    }
  }
  return (
    <form
      className="ck-editor"
      aria-busy={update.isPending}
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <textarea
        ref={field}
        className="ck-editor-input"
        dir="auto"
        rows={3}
        aria-label={words.inboxEditMessage}
        value={text}
        onChange={({ target }) => setUnsaved(() => target.value)}
        onKeyDown={onKeyDown}
      />
      {error && (
        <p className="ck-note" data-error="" role="alert">
          {errorText(error, words)}
        </p>
      )}
      <div className="ck-editor-actions">
        <button type="button" className="ck-button" data-quiet="" onClick={close}>
          {words.inboxDiscard}
        </button>
        <button type="submit" className="ck-button" disabled={text.trim() === ''}>
          {words.inboxSave}
        </button>
      </div>
    </form>
  )
}

interface DeleteMessageProps {
  id: string
  conversationId: string
  onRefused: (error: ConversationError) => void
}

/** Deletes a message when it is pressed twice: what is deleted cannot be brought back. */
function DeleteMessage({ id, conversationId, onRefused }: DeleteMessageProps) {
  const words = useStrings(inboxWords)
  const { announcement, follow } = useChatControls('Actions')
  const [sure, setSure] = useState(false)
  // It is gone from the page at once, and so is what would say why it came back.
  const remove = useDeleteMessage(conversationId, {
    onSuccess: () => announcement.set(words.inboxMessageDeleted),
    onError: onRefused,
  })
  const press = () => {
    if (!sure) return setSure(true)
    setSure(false)
    remove.mutate(id)
    follow.focus(-1)
    return undefined
  }
  const label = sure ? words.inboxDeleteMessageSure : words.inboxDeleteMessage
  return (
    <>
      <button
        type="button"
        className={sure ? 'ck-button' : 'ck-icon-button'}
        data-danger={sure ? '' : undefined}
        aria-label={label}
        title={label}
        onClick={press}
        onBlur={() => setSure(false)}
      >
        {sure ? label : deleteIcon}
      </button>
    </>
  )
}
