export * from './public.ts'
// For the hooks, which read streams in batches and take the official client as well.
export { readStream } from './read-stream.ts'
export type { ReadStreamOptions } from './read-stream.ts'
export { toConversationError } from './to-error.ts'
