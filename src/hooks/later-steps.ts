// Downloaded once a chat is there: before anybody has spoken in it, as a rule.
export { adopt } from './adopt.ts'
export { answerCalls } from './answer-calls.ts'
export { regenerate, retry } from './again.ts'
export { createOnce } from './create.ts'
export { edit } from './edit.ts'
export { mergeNewest, settle, settleFromCache } from './merge.ts'
export { askStateless } from './stateless.ts'
