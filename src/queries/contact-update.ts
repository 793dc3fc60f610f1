import type { UseMutationOptions } from '@tanstack/react-query'
import type { ContactInstance, ContactUpdateRequest, Id } from '../protocol/index.ts'
import type { ConversationError } from '../transport/index.ts'
import type { QueryTransport } from './conversations.ts'
import { extra } from './extra.ts'
import { given } from './given.ts'
import { conversationKeys, keyOfAll } from './keys.ts'
import { named } from './named.ts'

/** Changes a contact. Shown at once, and taken back when the server refuses. */
export function updateContactOptions(
  client: QueryTransport,
  contactId: string,
): UseMutationOptions<Id, ConversationError, ContactUpdateRequest, ContactInstance | undefined> {
  const queryKey = conversationKeys.contact(contactId, client.scope)
  const mutationKey = [...keyOfAll(client.scope), 'contact', contactId, 'update'] as const
  return {
    mutationKey,
    mutationFn: async (request) => named(extra(client, 'contact').update(contactId, request)),
    scope: { id: JSON.stringify(mutationKey) },
    onMutate: async (request, { client: queryClient }) => {
      await queryClient.cancelQueries({ queryKey, exact: true })
      const before = queryClient.getQueryData<ContactInstance>(queryKey)
      if (before) queryClient.setQueryData<ContactInstance>(queryKey, { ...before, ...given(request) })
      return before
    },
    onError: (_error, _request, before, { client: queryClient }) => {
      if (before) queryClient.setQueryData(queryKey, before)
    },
    onSettled: (_data, _error, _request, _before, { client: queryClient }) =>
      queryClient.isMutating({ mutationKey }) > 1
        ? undefined
        : queryClient.invalidateQueries({ queryKey, exact: true }),
    meta: { operation: 'contact.update' },
  }
}
