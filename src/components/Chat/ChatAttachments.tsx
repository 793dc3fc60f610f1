'use client'
import { later, part } from '../../internal/index.ts'
import type { PartProps } from '../../internal/index.ts'
import type { AttachmentLimits } from './attachments/rules.ts'
import { useMessageContext } from './ChatMessage.tsx'
import type { ChatMessageState } from './ChatMessage.tsx'
import { useComposerContext } from './composer.ts'
import type { ChatState } from './context.ts'

export type { AttachmentLimits } from './attachments/rules.ts'

// Only a chat that takes files downloads what that takes.
const files = () => import('./attachments/files.ts')
const Attach = later(() => files().then((module) => module.AttachButton))
const Tray = later(() => files().then((module) => module.Tray))
const Files = later(() => files().then((module) => module.MessageFiles))

export interface ChatAttachProps extends PartProps<ChatState, HTMLButtonElement> {}

/** Chooses files for the next message. Needs `Chat.Attachments`. Renders a `<button>`, or nothing where nothing is stored. */
export const ChatAttach = part<HTMLButtonElement, ChatAttachProps>(function ChatAttach(props) {
  useComposerContext('Attach')
  return <Attach {...props} />
})

export interface ChatAttachmentsProps
  extends AttachmentLimits, Omit<PartProps<ChatState, HTMLUListElement>, 'children'> {}

/**
 * The files of the next message: chosen, dropped onto the chat or pasted into its field. They are uploaded when the message is sent,
 * before it. Renders a `<ul>`, or nothing while there are none.
 */
export const ChatAttachments = part<HTMLUListElement, ChatAttachmentsProps>(function ChatAttachments(props) {
  useComposerContext('Attachments')
  return <Tray {...props} />
})

export interface ChatFilesProps extends Omit<PartProps<ChatMessageState, HTMLUListElement>, 'children'> {}

/** The files that went with a message of the user. Renders a `<ul>`, or nothing when there are none. */
export const ChatFiles = part<HTMLUListElement, ChatFilesProps>(function ChatFiles(props) {
  const { state } = useMessageContext('Files')
  return state.role === 'user' ? <Files {...props} /> : null
})
