// The provider, the hooks and the store.
export { ConversationProvider } from './provider/index.ts'
export type { ConversationProviderProps, ErrorContext } from './provider/index.ts'
export * from './hooks/index.ts'
export { createChatStore, joinThread, reduceTurn } from './store/index.ts'
export type { ChatActions, ChatState, ChatStore, ChatStoreOptions, LiveTurn, TurnEvent } from './store/index.ts'
export type { ListParams, MaybeId, Vote, VoteTarget, VoteVariables } from './queries/index.ts'
export type { ConversationClient, ConversationError } from './transport/index.ts'

// The components.
export * from './components/index.ts'
