'use client'
import { useSentAttachments } from '../../../hooks/index.ts'
import { fileWords } from '../../../internal/english/files.ts'
import { part, renderPart, useCell } from '../../../internal/index.ts'
import { useConversationKit } from '../../../provider/index.ts'
import { useStrings } from '../../useStrings.ts'
import type { ChatFilesProps } from '../ChatAttachments.tsx'
import { messageAttributes, useMessageContext, useToldMessage } from '../ChatMessage.tsx'
import { useChatId } from '../context.ts'
import { MessageFile } from './MessageFile.tsx'
import { sentFiles } from './sentFiles.ts'
import type { SentFile } from './sentFiles.ts'

/** What `Chat.Files` shows. */
export const MessageFiles = part<HTMLUListElement, ChatFilesProps>(function MessageFiles(props) {
  const { state } = useMessageContext('Files')
  const { attachments } = useStrings(fileWords)
  const files = useFilesOf()
  if (files.length === 0) return null
  const own = {
    'aria-label': attachments,
    children: files.map((file) => <MessageFile key={file.id} file={file} />),
  }
  return renderPart({ tag: 'ul', name: 'files', state, attributes: messageAttributes(state), own }, props)
})

/** Those this page has sent, else those that the conversation tells of. */
function useFilesOf(): readonly SentFile[] {
  const { message } = useToldMessage('Files')
  const { conversationId } = useChatId('Files')
  const { store } = useConversationKit()
  const sent = useCell(sentFiles(store))[message.key]
  const files = useSentAttachments(conversationId, sent ? null : message.id)
  if (sent) return sent
  // One that failed on its way and was sent again was announced twice. The later one is the one that arrived.
  const same = (one: SentFile, two: SentFile) =>
    one.size !== undefined && one.size === two.size && one.name === two.name && one.type === two.type
  return files.filter((file, index) => !files.some((other, at) => at > index && same(file, other)))
}
