export { paramsOf } from './view/view.ts'
export type { ConversationFacts, ConversationView, Matcher } from './view/view.ts'
export type { AdminMessages } from '../internal/index.ts'
