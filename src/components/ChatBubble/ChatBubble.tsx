'use client'
import { useEffect, useId, useRef, useState } from 'react'
import type { CSSProperties, KeyboardEvent, ReactElement, ReactNode, RefAttributes } from 'react'
import { createPortal } from 'react-dom'
import { useChatStore } from '../../hooks/index.ts'
import { part, renderPart, useMergedRef } from '../../internal/index.ts'
import type { PartProps } from '../../internal/index.ts'
import type { ChatWindowProps } from '../ChatWindow/ChatWindow.tsx'
import { useStrings } from '../useStrings.ts'
import { Launcher } from './Launcher.tsx'
import { Panel } from './Panel.tsx'
import { useFocusReturn } from './useFocusReturn.ts'
import { usePanel } from './usePanel.ts'
import { useSheet } from './useSheet.ts'

/** Every field is also a data attribute. */
export interface ChatBubbleState {
  open: boolean
  /** Answers that came while the chat was closed. */
  unread: number
  position: 'bottom-end' | 'bottom-start'
}

export interface ChatBubbleProps extends Omit<ChatWindowProps, 'className' | 'style' | 'render'> {
  /** Whether the chat is open, where the page decides. Goes with `onOpenChange`. */
  open?: boolean
  /** Whether it begins open. @default false */
  defaultOpen?: boolean
  /** Somebody opened or closed it: the reader, or `useChatStore` elsewhere on the page. */
  onOpenChange?: (open: boolean) => void
  /** The corner of the window; in a page that reads from the right, `end` is left. @default 'bottom-end' */
  position?: 'bottom-end' | 'bottom-start'
  /** In place of the speech bubble on the button. */
  launcher?: ReactNode
  /** Where it is put. `null`: where it stands, also on a server. @default the end of the body, once the page runs */
  portal?: HTMLElement | null
  /** For the element around the button and the chat. The chat itself takes `classNames`. */
  className?: PartProps<ChatBubbleState, HTMLElement>['className']
  style?: CSSProperties | ((state: ChatBubbleState) => CSSProperties | undefined)
  render?: PartProps<ChatBubbleState, HTMLElement>['render']
}

/**
 * A button in the corner of the page that opens a chat: beside the page where there is room, over all of it on a phone. What is
 * said goes on while it is closed, and is counted. The chat is downloaded when it is first opened, and stays from then on.
 * One for each `ConversationProvider`, since whether it is open is in its store. Renders a `<div>`.
 */
export const ChatBubble = part<HTMLElement, ChatBubbleProps>(function ChatBubble({ portal, ...props }) {
  // A server has no body, and the first render of a page is that of its server.
  const [mounted, setMounted] = useState(false)
  useEffect(() => setMounted(true), [])
  if (portal === null) return <Dock {...props} />
  return mounted ? createPortal(<Dock {...props} />, portal ?? document.body) : null
})

function Dock({
  open: wanted,
  defaultOpen,
  onOpenChange,
  position = 'bottom-end',
  launcher,
  className,
  style,
  render,
  ref,
  ...chat
}: Omit<ChatBubbleProps, 'portal'> & RefAttributes<HTMLElement>): ReactElement {
  const { open, setOpen } = usePanel({ open: wanted, defaultOpen, onOpenChange })
  const unread = useChatStore((state) => state.panel.unread)
  const words = useStrings()
  const id = useId()
  const dock = useRef<HTMLElement>(null)
  const panel = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  // What has been opened once stays: a draft, a place in the thread, an answer under way.
  const [opened, setOpened] = useState(open)
  if (open && !opened) setOpened(true)
  const sheet = useSheet(open, dock, panel)
  useFocusReturn(open, panel, button)

  const { theme, colorScheme, dir, lang, title = words.title } = chat
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (open && isLeaving(event)) setOpen(false)
  }
  const own = {
    onKeyDown,
    dir,
    lang,
    'data-theme': theme,
    'data-color-scheme': colorScheme,
    children: (
      <>
        <div
          ref={panel}
          id={id}
          className="ck-panel"
          data-ck="panel"
          data-open={open ? '' : undefined}
          // eslint-disable-next-line jsx-a11y/prefer-tag-over-role -- a closed <dialog> forgets its place in the thread
          role="dialog"
          aria-modal={sheet && open ? true : undefined}
          aria-label={typeof title === 'string' ? title : words.title}
          tabIndex={-1}
        >
          {opened && <Panel chat={{ ...chat, title }} panel={panel} onClose={() => setOpen(false)} />}
        </div>
        <Launcher ref={button} panelId={id} open={open} unread={unread} onToggle={() => setOpen(!open)}>
          {launcher}
        </Launcher>
      </>
    ),
  }
  const state: ChatBubbleState = { open, unread, position }
  return renderPart(
    { tag: 'div', name: 'dock', state, own },
    { className, style, render, ref: useMergedRef(ref, dock) },
  )
}

/** Something inside that is open, and that Escape closes before it closes the chat. */
const INNER = ':popover-open, dialog[open], [aria-haspopup][aria-expanded="true"]'

/** Whether a key means the chat, and not an input method, something open inside it, or a dialog that a part of it put elsewhere. */
function isLeaving({ key, nativeEvent, defaultPrevented, currentTarget, target }: KeyboardEvent<HTMLElement>): boolean {
  if (key !== 'Escape' || defaultPrevented || nativeEvent.isComposing || nativeEvent.keyCode === 229) return false
  if (!(target instanceof Node) || !currentTarget.contains(target)) return false
  return !currentTarget.querySelector('.ck-panel')?.querySelector(INNER)
}
