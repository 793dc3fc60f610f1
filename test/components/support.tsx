import { cleanup } from '@testing-library/react'
import { afterEach } from 'vitest'
import type { ChatMessage, UseChatResult } from '../../src/hooks/index.ts'

afterEach(cleanup)

/** A chat as `useChat` tells of it, at rest. */
export const chatAt = (over: Partial<UseChatResult> = {}): UseChatResult => ({
  conversationId: 'c1',
  threadId: 'c1',
  listed: true,
  messages: [],
  status: 'ready',
  phase: 'idle',
  error: null,
  sendMessage: () => Promise.reject(new Error('not asked for here')),
  regenerate: () => Promise.reject(new Error('not asked for here')),
  retry: () => Promise.reject(new Error('not asked for here')),
  stop: () => {},
  waiting: 0,
  cancel: () => {},
  clearError: () => {},
  edit: () => Promise.reject(new Error('not asked for here')),
  goOn: () => Promise.reject(new Error('not asked for here')),
  hasOlder: false,
  loadOlder: () => Promise.resolve(),
  isLoadingHistory: false,
  createConversation: () => Promise.resolve('c1'),
  historyError: null,
  reloadHistory: () => Promise.resolve(),
  ...over,
})

export const message = (over: Partial<ChatMessage> = {}): ChatMessage => ({
  key: 'm1',
  id: 'm1',
  role: 'assistant',
  type: 'bot',
  parts: [{ type: 'text', text: 'Hello.', streaming: false }],
  text: 'Hello.',
  status: 'sent',
  createdAt: 0,
  ...over,
})
