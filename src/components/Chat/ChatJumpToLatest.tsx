'use client'
import { useState } from 'react'
import { useMessageKeys } from '../../hooks/index.ts'
import { DownIcon, part, renderPart, useCell } from '../../internal/index.ts'
import type { PartProps } from '../../internal/index.ts'
import { useLocale, useStrings } from '../useStrings.ts'
import { useChatControls, useChatId } from './context.ts'
import { named } from './named.ts'
import { useFocusHeir } from './useFocusHeir.ts'

/** Every field is also a data attribute. */
export interface ChatJumpToLatestState {
  /** Messages that came since the reader left the end. */
  unread: number
}

export interface ChatJumpToLatestProps extends PartProps<ChatJumpToLatestState, HTMLButtonElement> {}

/** Takes the reader back to the end. Renders a `<button>`, or nothing while the end is in view. */
export const ChatJumpToLatest = part<HTMLButtonElement, ChatJumpToLatestProps>(function ChatJumpToLatest(props) {
  const { follow } = useChatControls('JumpToLatest')
  const away = !useCell(follow.following)
  return away ? <JumpButton {...props} /> : null
})

const JumpButton = part<HTMLButtonElement, ChatJumpToLatestProps>(function JumpButton(props) {
  const { follow } = useChatControls('JumpToLatest')
  const keys = useMessageKeys(useChatId('JumpToLatest').threadId)
  // This button appears when the reader leaves the end, so the last message it sees first is the last one read.
  const [lastRead] = useState(keys.at(-1))
  const unread = lastRead === undefined ? 0 : keys.length - 1 - keys.lastIndexOf(lastRead)
  const words = useStrings()
  const locale = useLocale()
  const label = unread > 0 ? words.unread({ count: unread, locale }) : words.jumpToLatest
  const own = {
    type: 'button',
    ...named(label, props.children),
    onClick: follow.toEnd,
    children: (
      <>
        <DownIcon />
        {unread > 0 && <span className="ck-jump-count">{label}</span>}
      </>
    ),
  }
  const ref = useFocusHeir('viewport', props.ref)
  return renderPart({ tag: 'button', name: 'jump', state: { unread }, own }, { ...props, ref })
})
