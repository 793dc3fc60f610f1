'use client'
import { createContext, useContext } from 'react'
import type { RefObject } from 'react'
import type { UseChatResult } from '../../hooks/index.ts'
import type { Cell } from '../../internal/index.ts'
import type { Follow } from './follow.ts'

/** What a chat can be told, and what its parts share. Never changes, so nothing renders because of it. */
export interface ChatControls {
  send: (text: string) => Promise<unknown>
  stop: () => void
  cancel: (key: string) => void
  retry: () => void
  regenerate: () => void
  clearError: () => void
  edit: (id: string, text: string) => Promise<void>
  goOn: () => void
  loadOlder: () => Promise<void>
  /** What is said aloud next. */
  announcement: Cell<string>
  follow: Follow
  input: RefObject<HTMLTextAreaElement | null>
}

/** What changes a few times a turn, never with a token. Finished messages do not read it. */
export type ChatInfo = Pick<
  UseChatResult,
  'status' | 'phase' | 'error' | 'waiting' | 'hasOlder' | 'isLoadingHistory' | 'historyError' | 'reloadHistory'
>

/** Every field is also a data attribute on the parts of a chat. */
export type ChatState = Pick<ChatInfo, 'status' | 'phase'>

/** Which chat this is; changes when it is stored, and when another one is opened. */
export type ChatId = Pick<UseChatResult, 'conversationId' | 'threadId' | 'listed' | 'createConversation'>

export const ChatControlsContext = createContext<ChatControls | null>(null)
export const ChatInfoContext = createContext<ChatInfo | null>(null)
export const ChatIdContext = createContext<ChatId | null>(null)
/** Whether the thread is in a viewport of ours, which knows what of it is in view. */
export const ViewportContext = createContext(false)

/** Says where a part belongs that stands elsewhere. */
export function outside(part: string, inside = 'Root'): never {
  throw new Error(`Chat.${part}: no <Chat.${inside}> above. Put it inside <Chat.${inside}>.`)
}

export function useChatControls(part: string): ChatControls {
  return useContext(ChatControlsContext) ?? outside(part)
}

export function useChatInfo(part: string): ChatInfo {
  return useContext(ChatInfoContext) ?? outside(part)
}

export function useChatId(part: string): ChatId {
  return useContext(ChatIdContext) ?? outside(part)
}
