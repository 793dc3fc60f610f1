export { ChatBubble } from './ChatBubble.tsx'
export type { ChatBubbleProps, ChatBubbleState } from './ChatBubble.tsx'
