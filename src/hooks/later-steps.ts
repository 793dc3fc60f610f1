// Downloaded once a chat is there, and by the end of its first reply at the latest.
export { adopt } from './adopt.ts'
export { answerCalls } from './answer-calls.ts'
export { regenerate, retry } from './again.ts'
export { createOnce } from './create.ts'
export { edit } from './edit.ts'
export { mergeNewest, settle, settleFromCache } from './merge.ts'
export { askStateless } from './stateless.ts'
