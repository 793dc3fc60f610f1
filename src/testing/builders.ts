import type { ConversationInstance, MessageInstance } from '../protocol/index.ts'

/** 1 January 2026, the time at which the test kit's clock stands. */
export const TEST_TIME = Date.UTC(2026, 0, 1)

/** A conversation with an id and times; say what matters to the test. */
export const buildConversation = (over: Partial<ConversationInstance> = {}): ConversationInstance => ({
  id: 'c1',
  name: 'A conversation',
  createdAt: TEST_TIME,
  updatedAt: TEST_TIME,
  ...over,
})

/** A stored user message with an id and times; say what matters to the test. */
export const buildMessage = (over: Partial<MessageInstance> = {}): MessageInstance => ({
  id: 'm1',
  type: 'user',
  text: 'Hello',
  createdAt: TEST_TIME,
  updatedAt: TEST_TIME,
  ...over,
})
