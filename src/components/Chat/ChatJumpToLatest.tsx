'use client'
import { useMessageKeys, useThreadView } from '../../hooks/index.ts'
import { downIcon, part, renderPart, useCell } from '../../internal/index.ts'
import type { PartProps } from '../../internal/index.ts'
import { useLocale, useStrings } from '../useStrings.ts'
import { useChatControls, useChatId } from './context.ts'
import { named } from './named.ts'
import { useFocusHeir } from './useFocusHeir.ts'

/** Every field is also a data attribute. */
export interface ChatJumpToLatestState {
  /** Answers that came since the reader left the end. */
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
  const { threadId } = useChatId('JumpToLatest')
  const view = useThreadView(threadId)
  const keys = useMessageKeys(threadId)
  const read = useCell(follow.unread.read)
  const unseen = read === undefined ? [] : keys.slice(keys.lastIndexOf(read) + 1)
  const unread = unseen.filter((key) => view.row(key)?.role === 'assistant').length
  const words = useStrings()
  const locale = useLocale()
  const label = unread > 0 ? words.unread({ count: unread, locale }) : words.jumpToLatest
  const own = {
    type: 'button',
    ...named(label, props.children),
    onClick: follow.toEnd,
    children: (
      <>
        {downIcon}
        {unread > 0 && <span className="ck-jump-count">{label}</span>}
      </>
    ),
  }
  const ref = useFocusHeir('viewport', props.ref)
  return renderPart({ tag: 'button', name: 'jump', state: { unread }, own }, { ...props, ref })
})
