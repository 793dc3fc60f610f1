import type { Decorator } from '@storybook/react-vite'
import { ConversationProvider } from 'conversation-kit'
import type { ConversationProviderProps } from 'conversation-kit'
import { createConversationServer } from 'conversation-kit/server'
import type { ConversationServer, ConversationServerOptions } from 'conversation-kit/server'
import { ConversationClient } from 'conversation-kit/transport'
import { useState } from 'react'
import type { ReactNode } from 'react'

/** A server inside the page, and what makes a story run on it. */
export interface Scene {
  /** For the `play` function: hold a reply, fail a request, look at what was asked. */
  server: ConversationServer
  /** Spread into a story. */
  story: { decorators: Decorator[]; beforeEach: () => void }
}

type Words = Partial<Pick<ConversationProviderProps, 'locale' | 'messages'>>

interface Options extends ConversationServerOptions, Words {
  /** Runs before the story is shown, on a server that is as it began. */
  prepare?: (server: ConversationServer) => void
}

/** No port and no mock: the real server, whose `fetch` is the client's. */
export function scene({ prepare, locale = 'en', messages, ...options }: Options = {}): Scene {
  const server = createConversationServer({ tokenDelay: 15, voteWindow: 0, now: () => Date.now(), ...options })
  const provider = { locale, messages }
  const inside: Decorator = (Story) => (
    <Inside server={server} {...provider}>
      <Story />
    </Inside>
  )
  const beforeEach = () => {
    server.reset()
    prepare?.(server)
  }
  return { server, story: { decorators: [inside], beforeEach } }
}

interface InsideProps extends Words {
  server: ConversationServer
  children: ReactNode
}

function Inside({ server, children, ...provider }: InsideProps) {
  const [client] = useState(
    () =>
      new ConversationClient({
        baseUrl: 'http://server.example',
        fetch: (input, init) => server.fetch(new Request(input, init)),
        retries: 0,
      }),
  )
  return (
    <ConversationProvider client={client} {...provider}>
      {children}
    </ConversationProvider>
  )
}
