'use client'
import { fileWords } from '../../../internal/english/files.ts'
import { part, renderPart } from '../../../internal/index.ts'
import { useStrings } from '../../useStrings.ts'
import type { ChatAttachmentsProps } from '../ChatAttachments.tsx'
import { useComposerContext } from '../composer.ts'
import { dropIcon } from './icons.tsx'
import { TrayItem } from './TrayItem.tsx'
import { useFileDrop } from './useFileDrop.ts'
import { useFiles } from './useFiles.tsx'

/** What `Chat.Attachments` shows. */
export const Tray = part<HTMLUListElement, ChatAttachmentsProps>(function Tray({
  accept,
  maxSize,
  maxFiles,
  ...props
}) {
  const { state } = useComposerContext('Attachments')
  const { files, list, sending, input, choose } = useFiles({ accept, maxSize, maxFiles })
  const over = useFileDrop(input, choose)
  const { attachments, dropFiles } = useStrings(fileWords)
  const own = {
    'aria-label': attachments,
    children: files.map((file) => <TrayItem key={file.upload.key} file={file} list={list} sending={sending} />),
  }
  return (
    <>
      {files.length > 0 && renderPart({ tag: 'ul', name: 'attachments', state, own }, props)}
      {over && (
        <div className="ck-drop" data-ck="drop" aria-hidden="true">
          {dropIcon}
          {dropFiles}
        </div>
      )}
    </>
  )
})
