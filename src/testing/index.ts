export { buildConversation, buildMessage } from './builders.ts'
export { createTestServer } from './server.ts'
export { createTestKit, createTestQueryClient } from './kit.tsx'
export type { TestKit, TestKitOptions } from './kit.tsx'
