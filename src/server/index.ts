export { ReplyError } from './reply-error.ts'
export { OPERATIONS } from './operations.ts'
export type * from './types.ts'
export type * from './storage/storage.ts'
