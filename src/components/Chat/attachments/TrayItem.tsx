'use client'
import type { ReactNode } from 'react'
import type { UseUploadAttachmentResult } from '../../../hooks/index.ts'
import { fileWords } from '../../../internal/english/files.ts'
import { checkIcon, closeIcon, retryIcon } from '../../../internal/index.ts'
import { useLocale, useStrings } from '../../useStrings.ts'
import { useChatId } from '../context.ts'
import { useFocusHeir } from '../useFocusHeir.ts'
import { FilePicture } from './FilePicture.tsx'
import { fileSize } from './fileSize.ts'
import type { ChosenFile } from './useFiles.tsx'

interface TrayItemProps {
  file: ChosenFile
  list: Pick<UseUploadAttachmentResult, 'cancel' | 'retry' | 'dismiss'>
  sending: boolean
}

/** A file that was chosen: what it is, how far it is, and what can be done with it. */
export function TrayItem({ file: { upload, reason, final }, list, sending }: TrayItemProps) {
  const { key, name, data, status, progress } = upload
  const { conversationId } = useChatId('Attachments')
  const words = useStrings(fileWords)
  const locale = useLocale()
  const shown = name || data.type
  const isUnderWay = status === 'uploading'
  const again = (status === 'failed' && !final) || status === 'cancelled'
  const state = reason ?? (status === 'cancelled' ? words.replyStopped : status === 'done' ? words.uploaded : undefined)
  return (
    <li className="ck-attachment" data-status={status} data-error={reason === undefined ? undefined : ''}>
      <FilePicture data={data} />
      <span className="ck-file-text">
        <span className="ck-file-name" dir="auto" title={shown}>
          {shown}
        </span>
        <span className="ck-file-note">
          {status === 'done' && checkIcon}
          {state ?? fileSize(data.size, locale)}
        </span>
      </span>
      {again && !sending && conversationId !== null && (
        <FileButton label={words.retryUpload({ name: shown })} onClick={() => list.retry(key)}>
          {retryIcon}
        </FileButton>
      )}
      <FileButton
        label={isUnderWay ? words.stopUpload({ name: shown }) : words.removeFile({ name: shown })}
        onClick={() => (isUnderWay ? list.cancel(key) : list.dismiss(key))}
      >
        {closeIcon}
      </FileButton>
      {isUnderWay && <progress className="ck-progress" aria-label={shown} value={progress} />}
    </li>
  )
}

function FileButton({ label, onClick, children }: { label: string; onClick: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      className="ck-file-button"
      aria-label={label}
      title={label}
      ref={useFocusHeir<HTMLButtonElement>('input', undefined)}
      onClick={onClick}
    >
      {children}
    </button>
  )
}
