import type { UseMutationOptions } from '@tanstack/react-query'
import type {
  ContactRequest,
  ConversationSendMessageRequest,
  ConversationSendMessageResponse,
  ConversationUpdateRequest,
  Id,
} from '../protocol/index.ts'
import type { ConversationError } from '../transport/index.ts'
import { attachOptions } from './attachments.ts'
import { createOptions } from './conversations.ts'
import type { QueryTransport } from './conversations.ts'
import { gone } from './gone.ts'
import { named } from './named.ts'
import { lacking } from './extra.ts'
import { cancelLists, hideConversation, keepHidden, readLists, readRow, showUpdate } from './list-writes.ts'
import type { Undo } from './list-writes.ts'
import { createMessageOptions, deleteMessageOptions, updateMessageOptions } from './message-writes.ts'
import { conversationKeys, mutationKeys } from './keys.ts'
import type { VoteTarget } from './keys.ts'
import { castVote } from './cast.ts'
import type { VoteVariables } from './votes.ts'

/**
 * Options for `useMutation`, made for a client: `useMutation(mutations.update(id))`. Changes to conversations show at once in
 * what is cached, and are taken back when the server refuses them. Nothing is tried twice but what the client itself tries.
 */
export function createConversationMutations(client: QueryTransport) {
  const { scope } = client
  return {
    keys: mutationKeys,

    /** Creates a conversation. */
    create: () => createOptions(client),

    /** Changes the options of a conversation. */
    update(id: string): UseMutationOptions<Id, ConversationError, ConversationUpdateRequest, Undo> {
      const mutationKey = mutationKeys.update(id, scope)
      return {
        mutationKey,
        mutationFn: (request) => named(client.update(id, request)),
        // The server keeps the last change, so two are sent in the order they were made.
        scope: { id: JSON.stringify(mutationKey) },
        onMutate: async (request, { client: queryClient }) => {
          // An answer that is on its way was written before this change.
          await Promise.all([
            queryClient.cancelQueries({ queryKey: conversationKeys.detail(id, scope), exact: true }),
            cancelLists(queryClient, scope),
          ])
          return showUpdate(queryClient, scope, id, request)
        },
        onError: (_error, _request, undo) => undo?.(),
        onSettled: (_data, _error, { meta }, _undo, { client: queryClient }) => {
          // With another change under way the answer would be older than what is shown.
          const isLast = () => queryClient.isMutating({ mutationKey }) === 1
          if (!isLast()) return undefined
          return Promise.all([
            queryClient
              .invalidateQueries({ queryKey: conversationKeys.detail(id, scope), exact: true })
              .then(() => readRow(client, queryClient, id, isLast)),
            readLists(queryClient, scope, meta !== undefined),
          ])
        },
        meta: { operation: 'conversation.update', conversationId: id },
      }
    },

    /** Deletes a conversation; the variable is its id. */
    delete(): UseMutationOptions<Id, ConversationError, string, Undo> {
      const mutationKey = mutationKeys.delete(scope)
      return {
        mutationKey,
        mutationFn: (id) => gone(client.delete(id), id),
        onMutate: async (id, { client: queryClient }) => {
          await cancelLists(queryClient, scope)
          return hideConversation(queryClient, scope, id)
        },
        onError: (_error, _id, undo) => undo?.(),
        onSuccess: (_data, id, _undo, { client: queryClient }) => {
          queryClient.removeQueries({ queryKey: conversationKeys.detail(id, scope) })
          keepHidden(queryClient, scope, id)
        },
        // Of several at once the last one has the lists read again, also when it was refused: a reading was given up for it.
        onSettled: (_data, error, _id, _undo, { client: queryClient }) => {
          const read = queryClient.isMutating({ mutationKey }) === 1 && readLists(queryClient, scope, false)
          // What was refused is told at once.
          return error ? undefined : read
        },
        meta: { operation: 'conversation.delete' },
      }
    },

    /** Stores a user message without asking for a reply. */
    send(
      id: string,
    ): UseMutationOptions<ConversationSendMessageResponse, ConversationError, ConversationSendMessageRequest> {
      const mutationKey = mutationKeys.send(id, scope)
      return {
        mutationKey,
        mutationFn: (request) => named(client.send(id, request, { retries: 0 })),
        scope: { id: JSON.stringify(mutationKey) },
        meta: { operation: 'conversation.send', conversationId: id },
      }
    },

    /** Stores a message of any type; nobody answers it. */
    createMessage: (id: string) => createMessageOptions(client, id),

    /** Changes a message. Shown at once, and taken back when the server refuses. */
    updateMessage: (id: string) => updateMessageOptions(client, id),

    /** Deletes a message; the variable is its id. It goes at once, and comes back when the server refuses. */
    deleteMessage: (id: string) => deleteMessageOptions(client, id),

    /** Attaches a file to a conversation. Needs our client. */
    uploadAttachment: (id: string) => attachOptions(client, id),

    /** Votes on a conversation or a message. Votes on one thing are sent one after the other, so that the last one counts. */
    vote(target: VoteTarget): UseMutationOptions<Id, ConversationError, Omit<VoteVariables, keyof VoteTarget>> {
      const mutationKey = mutationKeys.vote(target, scope)
      return {
        mutationKey,
        mutationFn: (variables) => named(castVote(client, target, variables)),
        scope: { id: JSON.stringify(mutationKey) },
        onSuccess: (_data, { vote }, _result, { client: queryClient }) => {
          queryClient.setQueryData(conversationKeys.vote(target, scope), vote)
        },
        meta: {
          operation: target.messageId === undefined ? 'conversation.vote' : 'message.vote',
          conversationId: target.conversationId,
        },
      }
    },

    /** Attaches a contact to a conversation that has none. */
    upsertContact(id: string): UseMutationOptions<Id, ConversationError, ContactRequest> {
      return {
        mutationKey: mutationKeys.upsertContact(id, scope),
        mutationFn: async (request) => {
          if (!client.upsertContact) throw lacking('upsertContact')
          return named(client.upsertContact(id, request))
        },
        onSuccess: (_data, _request, _result, { client: queryClient }) =>
          Promise.all([
            queryClient.invalidateQueries({ queryKey: conversationKeys.detail(id, scope), exact: true }),
            queryClient.invalidateQueries({ queryKey: conversationKeys.lists(scope) }),
          ]),
        meta: { operation: 'contact.upsert', conversationId: id },
      }
    },
  }
}
