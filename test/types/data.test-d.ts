import { skipToken } from '@tanstack/react-query'
import type {
  InfiniteData,
  QueryClient,
  UseInfiniteQueryResult,
  UseMutationResult,
  UseQueryResult,
  UseSuspenseInfiniteQueryResult,
} from '@tanstack/react-query'
import { useMutation, useQuery } from '@tanstack/react-query'
import { ConversationClient as OfficialConversationClient } from '@chatbotkit/sdk/conversation/index.js'
import {
  useAttachments,
  useContact,
  useContactConversations,
  useConversations,
  useCreateMessage,
  useDeleteMessage,
  useMessages,
  useSuspenseConversations,
  useSuspenseMessages,
  useUpdateMessage,
  useUploadAttachment,
  useUsage,
} from 'conversation-kit'
import type { ChatMessage, ConversationError, MessageUpdate, Upload } from 'conversation-kit'
import { conversationKeys, createConversationMutations, createConversationQueries } from 'conversation-kit/queries'
import { ConversationClient } from 'conversation-kit/transport'
import type {
  AttachmentInstance,
  ContactInstance,
  ConversationInstance,
  ConversationListResponse,
  MessageCreateRequest,
  UsageFetchResponse,
} from 'conversation-kit/transport'

// Type-checked by `tsc --noEmit`, never run: each line is an assertion that it compiles, or that it does not.

declare const queryClient: QueryClient
const client = new ConversationClient({ baseUrl: '/api/chat' })
const queries = createConversationQueries(client)
const mutations = createConversationMutations(client)

// Results are those of Query, with our data and our error.
export const useReads = () => {
  useContact('p') satisfies UseQueryResult<ContactInstance, ConversationError>
  useContactConversations('p', { take: 5, meta: { a: 'b' } }, { staleTime: 0 }) satisfies UseInfiniteQueryResult<
    ConversationInstance[],
    ConversationError
  >
  useAttachments('c') satisfies UseQueryResult<AttachmentInstance[], ConversationError>
  useUsage('c', { from: '2026-01-01' }) satisfies UseQueryResult<UsageFetchResponse, ConversationError>
  useConversations({ take: 5 }, { streaming: true, placeholderData: 'keepPrevious' }).data satisfies
    | ConversationInstance[]
    | undefined
  useMessages('c', { streaming: true, include: ['context', 'checkpoint'] }).data satisfies ChatMessage[] | undefined
  // @ts-expect-error -- not loaded yet
  useContact('p').data satisfies ContactInstance
  // @ts-expect-error -- usage has no order
  useUsage('c', { order: 'asc' })
  // @ts-expect-error -- how a list is read is no parameter of it
  useConversations({ streaming: true })
}

// Under Suspense the data is there, in the same shape.
export const useSuspended = () => {
  useSuspenseConversations({ take: 5 }) satisfies UseSuspenseInfiniteQueryResult<
    ConversationInstance[],
    ConversationError
  >
  useSuspenseConversations().data satisfies ConversationInstance[]
  useSuspenseMessages('c', { take: 5, include: ['user'] }).data satisfies ChatMessage[]
  // @ts-expect-error -- it cannot wait for an id
  useSuspenseMessages(null)
  // @ts-expect-error -- nor be switched off
  useSuspenseMessages('c', { enabled: false })
}

// An id may not be there yet.
export const useIds = () => [
  [useContact(null), useContact(undefined), useContact(skipToken)],
  [useContactConversations(skipToken), useAttachments(null), useUsage(undefined)],
  // @ts-expect-error -- an id is a string
  useAttachments(5),
]

export const useMessageChanges = () => {
  useCreateMessage('c') satisfies UseMutationResult<{ id: string }, ConversationError, MessageCreateRequest>
  useUpdateMessage('c') satisfies UseMutationResult<{ id: string }, ConversationError, MessageUpdate>
  useDeleteMessage('c') satisfies UseMutationResult<{ id: string }, ConversationError, string>
  useUpdateMessage('c', {
    onError: (error, { messageId, text }) => [error.code satisfies string, messageId satisfies string, text],
  }).mutate({ messageId: 'm', text: 'New', meta: { $update: { a: 1 } } })
  // @ts-expect-error -- which message?
  useUpdateMessage('c').mutate({ text: 'New' })
  // @ts-expect-error -- a message has a type
  useCreateMessage('c').mutate({ text: 'New' })
}

export const useFiles = (files: FileList) => {
  const { uploads, upload, cancel, retry, dismiss } = useUploadAttachment('c')
  upload(...files)
  upload({ data: new Uint8Array(2), name: 'a.bin', type: 'application/octet-stream' })
  for (const act of [cancel, retry, dismiss]) act(uploads[0]!.key)
  const [first] = uploads satisfies readonly Upload[]
  if (first?.status === 'done') first.result?.id satisfies string | undefined
  first?.error satisfies ConversationError | null | undefined
  // @ts-expect-error -- what the server loads itself has no progress
  upload({ url: 'https://example.com/a.png' })
}

// A recipe carries its type to every use of it.
export const recipes = async () => {
  queryClient.getQueryData(queries.contact('p').queryKey) satisfies ContactInstance | undefined
  queryClient.getQueryData(queries.attachments('c').queryKey) satisfies AttachmentInstance[] | undefined
  queryClient.getQueryData(queries.usage('c', { from: '2026-01-01' }).queryKey)?.tokens satisfies number | undefined
  const pages = await queryClient.infiniteQuery(queries.contactConversations('p', { take: 2 }))
  pages satisfies InfiniteData<ConversationListResponse, string | undefined>
}

export const useRecipes = () => {
  useQuery(queries.usage('c')).data satisfies UsageFetchResponse | undefined
  queries.list({ take: 5 }, { streaming: true })
  queries.messages('c', { take: 5, streaming: true })
  useMutation(mutations.updateMessage('c')).mutate({ messageId: 'm', text: 'New' })
  useMutation(mutations.deleteMessage('c')).mutate('m')
  useMutation(mutations.createMessage('c')).mutate({ type: 'user', text: 'New' })
  const attach = useMutation(mutations.uploadAttachment('c'))
  attach.mutate({ url: 'https://example.com/a.png' })
  attach.data?.name satisfies string | undefined
}

// The keys say what they are the keys of.
export const keys = () => [
  conversationKeys.contact('p') satisfies readonly ['conversation-kit', string, 'contact', string],
  conversationKeys.attachments('c', 'me') satisfies readonly [
    'conversation-kit',
    string,
    'detail',
    string,
    'attachments',
  ],
  conversationKeys.usage('c')[4] satisfies 'usage',
  conversationKeys.contactList('p')[2] satisfies 'list',
]

// The official client is taken here, too; what it does not have is said when it is asked for.
export const official = () => [
  createConversationQueries(new OfficialConversationClient({ secret: 'x' })).contact('p'),
  createConversationMutations(new OfficialConversationClient({ secret: 'x' })).uploadAttachment('c'),
]
