'use client'
import { useMemo, useState } from 'react'
import type { ReactElement, Ref } from 'react'
import { Chat, errorText, useStrings } from '../../components/index.ts'
import { useConversation } from '../../hooks/index.ts'
import { inboxWords } from '../../internal/english/admin/inbox.ts'
import { listWords } from '../../internal/english/list.ts'
import { MESSAGE_TYPES } from '../../protocol/index.ts'
import { KitContext, useConversationKit } from '../../provider/index.ts'
import type { ConversationError } from '../../transport/index.ts'
import { backIcon, panelIcon } from '../icons.tsx'
import { AdminMessage } from './AdminMessage.tsx'
import { Answer } from './Answer.tsx'
import type { AnswerFailures } from './Answer.tsx'
import { useSought } from './useSought.ts'

const NO_FAILURES: AnswerFailures = new Map()
const WORDS = { ...listWords, ...inboxWords }

export interface ThreadProps {
  conversationId: string | null
  /** The message that somebody came for. */
  messageId: string | null
  panelOpen: boolean
  onPanel: () => void
  onBack: () => void
  onCreated: (id: string) => void
  title: Ref<HTMLHeadingElement>
}

/** One conversation, with all that is stored in it, and what an admin may do in it. */
export function Thread({ conversationId, ...props }: ThreadProps): ReactElement {
  const kit = useConversationKit()
  const words = useStrings(WORDS)
  const [failures, setFailures] = useState<AnswerFailures>(NO_FAILURES)
  // What is for the model only, and the notes, are of interest here.
  const own = useMemo(() => ({ ...kit, include: MESSAGE_TYPES }), [kit])
  return (
    <KitContext.Provider value={own}>
      {/* Another conversation is another place to read in, and another field to write in. */}
      <Chat.Root key={conversationId} conversationId={conversationId} className="ck-thread">
        <ThreadHeader conversationId={conversationId} {...props} />
        <Chat.Viewport>
          <Chat.LoadOlder />
          <Chat.Loading />
          <Chat.Empty>
            {conversationId === null ? <Nothing /> : <p className="ck-inbox-nothing-hint">{words.inboxNoMessages}</p>}
          </Chat.Empty>
          {conversationId !== null && <Messages conversationId={conversationId} messageId={props.messageId} />}
        </Chat.Viewport>
        <Chat.JumpToLatest />
        <Chat.ErrorMessage />
        <Answer
          conversationId={conversationId}
          onCreated={props.onCreated}
          failures={failures}
          onFailures={setFailures}
        />
        <Chat.Status />
      </Chat.Root>
    </KitContext.Provider>
  )
}

function Messages({ conversationId, messageId }: { conversationId: string; messageId: string | null }) {
  const words = useStrings(WORDS)
  const { sought, isGone } = useSought(conversationId, messageId)
  const [refused, setRefused] = useState<ConversationError>()
  const renderMessage = useMemo(
    () => (context: { message: Parameters<typeof AdminMessage>[0]['message'] }) => (
      <AdminMessage
        message={context.message}
        conversationId={conversationId}
        sought={context.message.key === sought}
        onRefused={setRefused}
      />
    ),
    [conversationId, sought],
  )
  return (
    <>
      {isGone && <output className="ck-unread">{words.inboxMessageGone}</output>}
      <Chat.Messages>{renderMessage}</Chat.Messages>
      {refused && (
        <p className="ck-note" data-error="" role="alert">
          {words.inboxNotDeleted} {errorText(refused, words)}
        </p>
      )}
    </>
  )
}

function Nothing() {
  const words = useStrings(WORDS)
  return (
    <div className="ck-inbox-nothing">
      <p className="ck-inbox-nothing-title">{words.inboxNothingOpen}</p>
      <p className="ck-inbox-nothing-hint">{words.inboxNothingOpenHint}</p>
    </div>
  )
}

function ThreadHeader({
  conversationId,
  panelOpen,
  onPanel,
  onBack,
  title,
}: Omit<ThreadProps, 'messageId' | 'onCreated'>) {
  const words = useStrings(WORDS)
  const { data } = useConversation(conversationId)
  const name = conversationId === null ? words.newConversation : data?.name?.trim() || words.untitled
  const panelLabel = panelOpen ? words.inboxHidePanel : words.inboxShowPanel
  return (
    <Chat.Header className="ck-thread-header">
      <button
        type="button"
        className="ck-icon-button"
        data-inbox="back"
        aria-label={words.inboxBack}
        title={words.inboxBack}
        onClick={onBack}
      >
        {backIcon}
      </button>
      <div className="ck-thread-names">
        <h2 ref={title} tabIndex={-1} className="ck-title" dir="auto">
          {name}
        </h2>
        {data?.description?.trim() && (
          <p className="ck-subtitle" dir="auto">
            {data.description}
          </p>
        )}
      </div>
      {conversationId !== null && (
        <>
          <Chat.Export />
          <button
            type="button"
            className="ck-icon-button"
            aria-label={panelLabel}
            title={panelLabel}
            aria-expanded={panelOpen}
            onClick={onPanel}
          >
            {panelIcon}
          </button>
        </>
      )}
    </Chat.Header>
  )
}
