'use client'
import { useRef } from 'react'
import { fileWords } from '../../../internal/english/files.ts'
import { part, renderPart } from '../../../internal/index.ts'
import { useStrings } from '../../useStrings.ts'
import type { ChatAttachProps } from '../ChatAttachments.tsx'
import { useComposerContext } from '../composer.ts'
import { useChatId } from '../context.ts'
import { named } from '../named.ts'
import { attachIcon } from './icons.tsx'

/** What `Chat.Attach` shows. */
export const AttachButton = part<HTMLButtonElement, ChatAttachProps>(function AttachButton(props) {
  const { state, files, disabled } = useComposerContext('Attach')
  const { createConversation } = useChatId('Attach')
  const { attach } = useStrings(fileWords)
  const picker = useRef<HTMLInputElement>(null)
  if (!createConversation) return null
  const own = {
    type: 'button',
    disabled: disabled || !files || files.instead !== null,
    onClick: () => picker.current?.click(),
    ...named(attach, props.children),
    children: attachIcon,
  }
  return (
    <>
      {renderPart({ tag: 'button', name: 'attach', state, own }, props)}
      <input
        ref={picker}
        type="file"
        className="ck-file-input"
        data-ck="file-input"
        tabIndex={-1}
        aria-hidden="true"
        accept={files?.accept}
        multiple={files?.multiple}
        onChange={({ target }) => {
          files?.choose([...(target.files ?? [])])
          // The same file may be chosen again.
          target.value = ''
        }}
      />
    </>
  )
})
