import { QueryClient } from '@tanstack/react-query'
import type { ReactElement, ReactNode } from 'react'
import { ConversationProvider } from '../provider/index.ts'
import type { ConversationProviderProps } from '../provider/index.ts'
import type { ConversationServer, ConversationServerOptions } from '../server/index.ts'
import { createChatStore } from '../store/index.ts'
import type { ChatStore } from '../store/index.ts'
import { ConversationClient } from '../transport/index.ts'
import { createTestServer } from './server.ts'

/** A cache for one test: nothing is tried twice, and nothing is forgotten. */
export const createTestQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: { queries: { retry: false, gcTime: Infinity }, mutations: { retry: false, gcTime: Infinity } },
  })

export type TestKitOptions = ConversationServerOptions &
  Partial<Omit<ConversationProviderProps, 'children' | 'messages' | 'client'>> & { client?: ConversationClient }

export interface TestKit {
  server: ConversationServer
  client: ConversationClient
  queryClient: QueryClient
  store: ChatStore
  /** For Testing Library's `wrapper`. */
  wrapper: (props: { children?: ReactNode }) => ReactElement
}

/** The whole house for one test: provider, cache, store and client, and behind the client the local API in this process. No port, no mocks. */
export function createTestKit(options: TestKitOptions = {}): TestKit {
  const {
    queryClient = createTestQueryClient(),
    store = createChatStore(),
    locale,
    streamThrottle,
    persistVotes,
    onError,
    client: given,
    ...rest
  } = options
  const server = createTestServer(rest)
  const client =
    given ??
    new ConversationClient({
      baseUrl: 'http://conversation-kit.test',
      retries: 0,
      fetch: (input, init) => server.fetch(new Request(input, init)),
    })
  const wrapper = ({ children }: { children?: ReactNode }) => (
    <ConversationProvider
      client={client}
      queryClient={queryClient}
      store={store}
      locale={locale}
      streamThrottle={streamThrottle}
      persistVotes={persistVotes}
      onError={onError}
    >
      {children}
    </ConversationProvider>
  )
  return { server, client, queryClient, store, wrapper }
}
