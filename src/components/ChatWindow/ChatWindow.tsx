'use client'
import { useEffect, useMemo } from 'react'
import type { ReactNode } from 'react'
import { part } from '../../internal/index.ts'
import { ChatWelcome } from '../Chat/ChatEmpty.tsx'
import { loadVotes } from '../Chat/ChatMessageActions.tsx'
import { withoutWords } from '../Chat/ChatMessages.tsx'
import type { AttachmentLimits } from '../Chat/ChatAttachments.tsx'
import type { ChatComposerProps } from '../Chat/ChatComposer.tsx'
import type { PartRenderers } from '../Chat/ChatParts.tsx'
import type { ChatViewportProps } from '../Chat/ChatViewport.tsx'
import type { ChatRootProps } from '../Chat/ChatRoot.tsx'
import type { ChatStatusProps } from '../Chat/ChatStatus.tsx'
import * as Chat from '../Chat/parts.ts'
import { useStrings } from '../useStrings.ts'

/** The parts of the window that can be given a class. */
export type Slot =
  | 'root'
  | 'header'
  | 'viewport'
  | 'message'
  | 'bubble'
  | 'avatar'
  | 'actions'
  | 'composer'
  | 'input'
  | 'send'
  | 'stop'
  | 'empty'
  | 'error'
  | 'footer'

const NO_CLASSES: Partial<Record<Slot, string>> = {}
const NOTHING = () => null

/** The presets are the first three. */
export type ThemeName = 'default' | 'compact' | 'flat' | (string & {})

export interface ChatWindowProps
  extends Omit<ChatRootProps, 'children' | 'title'>, Pick<ChatComposerProps, 'submitKey' | 'maxLength' | 'disabled'> {
  /** In the header; without it there is no header. */
  title?: ReactNode
  subtitle?: ReactNode
  placeholder?: string
  /** What is seen before the first message. @default a short greeting */
  welcome?: ReactNode
  /** First questions to choose from. */
  suggestions?: readonly string[]
  /** Under the composer, for example where the answers come from. */
  footer?: ReactNode
  /** Whether answers can be voted for. @default true */
  votes?: boolean
  /** Asked after a downvote. */
  voteReasons?: readonly string[]
  /** Whether what the model thought can be unfolded. @default true */
  showReasoning?: boolean
  /** Whether what one has said can be said otherwise. @default true */
  edit?: boolean
  /** Own components for the parts of a message. */
  parts?: PartRenderers
  /** Whether files can be sent along, and which. @default false */
  attachments?: boolean | AttachmentLimits
  /** What the view does when something is sent: it stays at the end of the answer, or the question goes to the top. @default 'end' */
  follow?: ChatViewportProps['follow']
  /** Whether the talk can be read and not gone on with: a sentence is in the place of the composer. */
  readOnly?: boolean
  /** Whether the input takes the focus when the chat appears. */
  autoFocus?: boolean
  /** Classes for the parts, beside our own. */
  classNames?: Partial<Record<Slot, string>>
  /** @default the scheme of the page */
  colorScheme?: 'light' | 'dark' | 'system'
  /** How dense and how framed it is. A name of your own is in `data-theme`, for rules of yours. @default 'default' */
  theme?: ThemeName
  /** What is said of an answer to those who listen. @default 'complete' */
  announce?: ChatStatusProps['announce']
}

/** A whole chat: the parts, put together. Fills the height of what it is in. Renders a `<section>`. */
export const ChatWindow = part<HTMLElement, ChatWindowProps>(function ChatWindow({
  title,
  subtitle,
  placeholder,
  welcome,
  suggestions,
  footer,
  ...props
}) {
  const { votes = true, voteReasons, showReasoning = true, edit = true, parts, ...more } = props
  const { classNames: ck = NO_CLASSES, ...others } = more
  const {
    autoFocus,
    colorScheme,
    theme,
    announce,
    className = ck.root,
    readOnly,
    submitKey,
    maxLength,
    disabled,
    attachments,
    follow,
    ...root
  } = others
  const words = useStrings()
  const hasFiles = Boolean(attachments)
  // Once the chat is there: at hand when there is an answer, also when the network is not.
  useEffect(() => {
    if (votes) loadVotes().catch(NOTHING)
  }, [votes])
  // The same function as long as these are the same, so that a message renders only when it changes.
  const renderMessage = useMemo(
    () =>
      withoutWords(({ message }) => (
        <Chat.Message message={message} className={ck.message}>
          <Chat.Day />
          {message.role === 'assistant' && <Chat.Avatar className={ck.avatar} />}
          <Chat.Bubble className={ck.bubble}>
            {hasFiles && <Chat.Files />}
            <Chat.Parts parts={showReasoning ? parts : { ...parts, reasoning: NOTHING }} />
          </Chat.Bubble>
          <Chat.Actions className={ck.actions}>
            <Chat.Copy />
            {edit && !readOnly && <Chat.Edit />}
            {!readOnly && <Chat.Regenerate />}
            <Chat.Speak />
            {votes && <Chat.Votes reasons={voteReasons} />}
            <Chat.Time />
          </Chat.Actions>
        </Chat.Message>
      )),
    [parts, votes, voteReasons, showReasoning, edit, readOnly, hasFiles, ck],
  )
  return (
    <Chat.Root data-color-scheme={colorScheme} data-theme={theme} className={className} {...root}>
      {(title ?? subtitle) && (
        <Chat.Header className={ck.header}>
          <Chat.Title>{title}</Chat.Title>
          {subtitle && <p className="ck-subtitle">{subtitle}</p>}
        </Chat.Header>
      )}
      <Chat.Viewport follow={follow} className={ck.viewport}>
        <Chat.LoadOlder />
        <Chat.Loading />
        <Chat.Empty className={ck.empty}>
          {welcome ?? <ChatWelcome />}
          {suggestions && !readOnly && <Chat.Suggestions prompts={suggestions} />}
        </Chat.Empty>
        <Chat.Messages>{renderMessage}</Chat.Messages>
      </Chat.Viewport>
      <Chat.JumpToLatest />
      <Chat.ErrorMessage className={ck.error} />
      {readOnly ? (
        <p className="ck-read-only">{words.readOnly}</p>
      ) : (
        <Chat.Composer {...{ submitKey, maxLength, disabled }} className={ck.composer}>
          {attachments && <Chat.Attachments {...(attachments === true ? {} : attachments)} />}
          {attachments && <Chat.Attach />}
          {/* eslint-disable-next-line jsx-a11y/no-autofocus -- asked for by the page, for a chat that is what the page is for */}
          <Chat.Input placeholder={placeholder} autoFocus={autoFocus} className={ck.input} />
          <Chat.Stop className={ck.stop} />
          <Chat.Send className={ck.send} />
          <Chat.Hint />
        </Chat.Composer>
      )}
      {footer && <footer className={`ck-footer ${ck.footer ?? ''}`}>{footer}</footer>}
      <Chat.Status announce={announce} />
    </Chat.Root>
  )
})
