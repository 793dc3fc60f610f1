import { skipToken } from '@tanstack/react-query'
import type {
  InfiniteData,
  QueryClient,
  UseInfiniteQueryResult,
  UseMutationResult,
  UseQueryResult,
} from '@tanstack/react-query'
import { ConversationClient as OfficialConversationClient } from '@chatbotkit/sdk/conversation/index.js'
import {
  ConversationProvider,
  createChatStore,
  useChat,
  useChatStore,
  useComposer,
  useConversation,
  useConversations,
  useMessages,
  useUpdateConversation,
  useVote,
} from 'conversation-kit'
import type { ChatMessage, ChatStore, ConversationError, UseChatResult, UseCompleteResult } from 'conversation-kit'
import { createConversationMutations, createConversationQueries } from 'conversation-kit/queries'
import { ConversationClient } from 'conversation-kit/transport'
import type { ConversationInstance, ConversationListResponse } from 'conversation-kit/transport'

// Type-checked by `tsc --noEmit`, never run: each line is an assertion that it compiles, or that it does not.

declare const queryClient: QueryClient
const client = new ConversationClient({ baseUrl: '/api/chat' })
const queries = createConversationQueries(client)

// Both clients are taken where a client is asked for.
export const providers = () => [
  ConversationProvider({ client, children: null }),
  ConversationProvider({ client: new OfficialConversationClient({ secret: 'x' }), children: null }),
  createConversationQueries(new OfficialConversationClient({ secret: 'x' })),
  // @ts-expect-error -- a client is required
  ConversationProvider({ children: null }),
]

// Results are those of Query, with our data and our error.
export const useResults = () => {
  useConversations({ take: 5 }) satisfies UseInfiniteQueryResult<ConversationInstance[], ConversationError>
  useConversation('c') satisfies UseQueryResult<ConversationInstance, ConversationError>
  useMessages('c', { include: ['user', 'bot'] }) satisfies UseInfiniteQueryResult<ChatMessage[], ConversationError>
  useUpdateConversation('c') satisfies UseMutationResult<{ id: string }, ConversationError, { name?: string }>
  // @ts-expect-error -- no such order
  useConversations({ order: 'up' })
  // @ts-expect-error -- no such type of message
  useMessages('c', { include: ['robot'] })
}

// An id may not be there yet.
export const useIds = () => [
  useConversation(null),
  useConversation(undefined),
  useConversation(skipToken),
  useMessages(skipToken),
  // @ts-expect-error -- an id is a string
  useConversation(5),
]

// A recipe carries its type to every use of it.
export const recipes = async () => {
  const lists = await queryClient.infiniteQuery(queries.list({ take: 50 }))
  lists satisfies InfiniteData<ConversationListResponse, string | undefined>
  queryClient.getQueryData(queries.detail('c').queryKey) satisfies ConversationInstance | undefined
  queryClient.getQueryData(queries.vote({ conversationId: 'c' }).queryKey) satisfies 'up' | 'down' | null | undefined
  createConversationMutations(client).update('c').mutationKey satisfies readonly unknown[] | undefined
}

export const useTalk = () => {
  const chat = useChat({ conversationId: 'c', create: { name: 'n' }, history: false })
  chat.messages satisfies ChatMessage[]
  for (const part of chat.messages[0]!.parts) {
    if (part.type === 'tool') part.state satisfies 'running' | 'done' | 'error'
    if (part.type === 'text') part.text satisfies string
  }
  useComposer({ onSubmit: chat.sendMessage, draftKey: 'c' })
  useVote({ conversationId: 'c', messageId: 'm' }).upvote({ value: 80 })
  // @ts-expect-error -- a vote is on something
  useVote({})
}

export const said = async ({ sendMessage }: UseChatResult, { complete }: UseCompleteResult) => {
  const info = await sendMessage({ text: 'hi', meta: { a: 1 } }, { body: { model: 'm' } })
  info.reason satisfies 'stop' | 'length' | 'activity' | 'iteration' | 'abort' | 'error'
  await complete('hi')
  await complete({ messages: [{ type: 'user', text: 'hi' }] })
}

export const useTheStore = () => {
  useChatStore((state) => state.panel.unread) satisfies number
  useChatStore((state) => state.actions).setOpen(true)
  createChatStore({ persist: { name: 'chat' } }) satisfies ChatStore
}
