import { ChatBotKit } from '@chatbotkit/sdk'
import { ConversationClient as OfficialConversationClient } from '@chatbotkit/sdk/conversation/index.js'
import * as kit from 'conversation-kit/transport'
import type {
  ConversationClientOptions,
  ConversationStreamEvent,
  ConversationTransport,
  ResponsePromise,
} from 'conversation-kit/transport'

// Type-checked by `tsc --noEmit`, never run: each line is an assertion that it compiles, or that it does not.

// The official clients are transports as they are, and so is ours.
export const official: ConversationTransport = new ChatBotKit({ secret: 'x' }).conversation
export const officialClient: ConversationTransport = new OfficialConversationClient({ secret: 'x' })
export const ours: ConversationTransport = new kit.ConversationClient({ secret: 'x' })
export const clientOptions: ConversationClientOptions = { secret: 'x', baseUrl: new URL('http://localhost') }

// The shapes of the reference pages.
declare const client: kit.ConversationClient
export const calls = () => [
  client.list() satisfies ResponsePromise<
    { items: kit.ConversationInstance[] },
    { type: 'item'; data: kit.ConversationInstance }
  >,
  client.list({ cursor: 'c', order: 'asc', take: 5, meta: { team: 'blue' } }),
  client.fetch('c') satisfies ResponsePromise<kit.ConversationInstance, never>,
  client.create({ name: 'n', model: { name: 'm', config: { temperature: 0 } } }) satisfies Promise<{ id: string }>,
  client.update('c', { meta: {} }) satisfies Promise<{ id: string }>,
  client.delete('c') satisfies Promise<{ id: string }>,
  client.complete(null, { text: 'hi' }) satisfies ResponsePromise<
    { text: string; usage: { token: number } },
    ConversationStreamEvent
  >,
  client.complete(null, { messages: [{ type: 'user', text: 'hi' }], functions: [] }),
  client.complete('c', { text: 'hi' }) satisfies ResponsePromise<
    { id: string; text: string; usage: { token: number } },
    kit.ConversationCompleteMessageStreamType
  >,
  client.send('c', { text: 'hi' }) satisfies ResponsePromise<
    { id: string; entities: kit.Entity[] },
    kit.ConversationSendMessageStreamType
  >,
  client.receive('c', {}) satisfies ResponsePromise<
    { id: string; text: string; usage: { token: number } },
    kit.ConversationReceiveMessageStreamType
  >,
  client.upvote('c', { value: 1 }) satisfies Promise<{ id: string }>,
  client.downvote('c', {}) satisfies Promise<{ id: string }>,
  client.upsertContact('c', { name: 'n', email: 'e', phone: 'p', description: 'd', meta: {} }) satisfies Promise<{
    id: string
  }>,
  client.clientFetch<{ a: 1 }, { b: 2 }>('/x', {
    buffer: new ArrayBuffer(1),
    endpoint: '/y',
    external: true,
    fetchFn: fetch,
    file: { data: 'x', name: 'n', type: 't' },
    headers: {},
    method: 'POST',
    query: {},
    record: {},
    retries: 1,
    retryDelay: 1,
    retryTimeout: true,
    timeout: 1,
    signal: AbortSignal.timeout(1),
  }) satisfies ResponsePromise<{ a: 1 }, { b: 2 }>,
]

// @ts-expect-error stateless completion needs something to complete
client.complete(null, {})
// @ts-expect-error an id or exactly null
client.complete(undefined, { text: 'hi' })
// @ts-expect-error not a member of a conversation
void client.create({ nmae: 'n' })

// A switch on the type narrows, and what has no name yet can be told apart without a cast.
export function read(event: ConversationStreamEvent): string {
  switch (event.type) {
    case 'token':
      return event.data.token satisfies string
    case 'message':
      return event.data.text
    case 'result':
      return event.data.end?.reason ?? event.data.text
    default: {
      // What has no name yet arrives here too.
      const other: kit.UnknownStreamEvent = event
      return `${other.type} ${JSON.stringify(other.data)}`
    }
  }
}

// Every mandatory name, and every function with the client as its first argument.
export type Mandatory = [
  kit.ChatBotKitClient,
  kit.ChatBotKitClientOptions,
  kit.ResponsePromise<1, 2>,
  kit.ConversationAttachmentClient,
  kit.ConversationMessageClient,
  kit.ConversationSessionClient,
  kit.MessageType,
  kit.Message,
  kit.Entity,
  kit.ConversationOptions,
  kit.ConversationInstance,
  kit.ConversationListRequest,
  kit.ConversationListResponse,
  kit.ConversationListStreamItem,
  kit.ConversationListStreamType,
  kit.ConversationFetchResponse,
  kit.ConversationCreateRequest,
  kit.ConversationCreateResponse,
  kit.ConversationUpdateRequest,
  kit.ConversationUpdateResponse,
  kit.ConversationDeleteResponse,
  kit.ConversationCompleteRequest,
  kit.ConversationCompleteResponse,
  kit.ConversationCompleteStreamResult,
  kit.ConversationCompleteStreamToken,
  kit.ConversationCompleteMessage,
  kit.ConversationCompleteStreamType,
  kit.ConversationCompleteMessageRequest,
  kit.ConversationCompleteMessageResponse,
  kit.ConversationCompleteMessageStreamResult,
  kit.ConversationCompleteMessageStreamMessage,
  kit.ConversationCompleteMessageStreamToken,
  kit.ConversationCompleteMessageStreamType,
  kit.ConversationSendMessageRequest,
  kit.ConversationSendMessageResponse,
  kit.ConversationSendMessageStreamResult,
  kit.ConversationSendMessageStreamType,
  kit.ConversationReceiveMessageRequest,
  kit.ConversationReceiveMessageResponse,
  kit.ConversationReceiveMessageStreamResult,
  kit.ConversationReceiveMessageStreamMessage,
  kit.ConversationReceiveMessageStreamToken,
  kit.ConversationReceiveMessageStreamType,
  kit.ConversationUpvoteRequest,
  kit.ConversationUpvoteResponse,
  kit.ConversationDownvoteRequest,
  kit.ConversationDownvoteResponse,
  kit.ConversationContactUpsertRequest,
  kit.ConversationContactUpsertResponse,
]
type Fn = (client: kit.ConversationClient, ...rest: never[]) => unknown
export const functions: Fn[] = [
  kit.completeConversation,
  kit.completeConversationMessage,
  kit.createConversation,
  kit.deleteConversation,
  kit.downvoteConversation,
  kit.fetchConversation,
  kit.listConversations,
  kit.receiveConversationMessage,
  kit.sendConversationMessage,
  kit.updateConversation,
  kit.upsertConversationContact,
  kit.upvoteConversation,
]

// Reference values fit our types: a value written against the reference pages compiles against ours.
export const message: kit.Message = { type: 'reasoning', text: 'x', meta: { any: 1 } }
export const streamed: ConversationStreamEvent[] = [
  { type: 'token', data: { token: 'x' } },
  { type: 'message', data: { type: 'bot', text: 'x' } },
  { type: 'result', data: { text: 'x', usage: { token: 1 } } },
]
