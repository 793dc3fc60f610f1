'use client'
import { fileWords } from '../../../internal/english/files.ts'
import { useConversationKit } from '../../../provider/index.ts'
import type { ConversationClient } from '../../../transport/index.ts'
import { useLocale, useStrings } from '../../useStrings.ts'
import { useChatControls, useChatId } from '../context.ts'
import { download, usePictureOf } from './download.ts'
import { FilePicture } from './FilePicture.tsx'
import { fileSize } from './fileSize.ts'
import type { SentFile } from './sentFiles.ts'

/** How long a browser may take to begin with a file that it was given. */
const SAVE_MS = 60_000

/** A file of a message. Pressing it saves it. */
export function MessageFile({ file }: { file: SentFile }) {
  const { conversationId } = useChatId('Files')
  const { announcement } = useChatControls('Files')
  const client = useConversationKit().client as ConversationClient
  const words = useStrings(fileWords)
  const locale = useLocale()
  const { name, type, size } = file
  const shown = name || type
  const picture = usePictureOf(conversationId, file)
  const onClick = () => {
    if (conversationId === null) return
    download(client, conversationId, file).then(
      (data) => save(data, name),
      () => announcement.set(words.errorGeneric),
    )
  }
  return (
    <li className="ck-file">
      <button
        type="button"
        className="ck-file-open"
        aria-label={words.download({ name: shown })}
        title={shown}
        onClick={onClick}
      >
        <FilePicture data={picture} />
        <span className="ck-file-name" dir="auto">
          {shown}
        </span>
      </button>
      {size !== undefined && <span className="ck-file-note">{fileSize(size, locale)}</span>}
    </li>
  )
}

function save(data: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(data)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), SAVE_MS)
}
