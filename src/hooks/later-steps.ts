// Downloaded while the first reply of a page is under way, and there by its end.
export { regenerate, retry } from './again.ts'
export { edit } from './edit.ts'
export { mergeNewest, settle, settleFromCache } from './merge.ts'
