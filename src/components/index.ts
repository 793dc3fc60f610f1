export * from './public.ts'
// What other rooms build with.
export { errorText } from './errorText.ts'
export { useLocale, useStrings } from './useStrings.ts'
export { useNow } from './ConversationList/useNow.ts'
export { inPlaceOf } from './ConversationList/inPlaceOf.ts'
export { focusRow } from './ConversationList/desk/focus.ts'
export { useChatControls, useChatId, useChatInfo } from './Chat/context.ts'
export { useMessageContext } from './Chat/ChatMessage.tsx'
