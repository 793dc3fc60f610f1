import type { ReplyDocument } from './sections.ts'

/** What the local server answers from when it is given nothing else: a guide to this project. Every line of it has to be true. */
export const GUIDE: readonly ReplyDocument[] = [
  {
    title: 'What conversation-kit is',
    text: `conversation-kit is a set of React hooks and UI components for the ChatBotKit conversation API: streaming chat, conversation lists and votes. A local server with the same API comes along, so everything runs before you have an account or a key.

- **Embed a chat** in a React app with \`<ChatWindow>\`.
- **Build admin views** with \`useConversations\` and \`<ConversationList>\`.
- **Prototype in Storybook** with a server that really streams.

## Requirements and versions
| Needs | Version |
|---|---|
| React | 18.2 or 19 |
| TanStack Query | 5 |
| Node | 20.19 or newer |

It is ESM only and needs no Tailwind. The licence is MIT.

## Frameworks and bundlers
It works with Vite, Next.js, Remix and any other bundler. Modules that need the browser say \`'use client'\`, and everything can be imported on a server, so Server Components and SSR work.

## Packages and entry points
| Import | What is in it |
|---|---|
| \`conversation-kit\` | provider, hooks, components, the \`Chat\` parts |
| \`conversation-kit/transport\` | the client, errors and types; no React |
| \`conversation-kit/queries\` | query keys and query options |
| \`conversation-kit/server\` | the local server, the proxy, session tokens |
| \`conversation-kit/server/node\` | the server as a process, with SQLite |
| \`conversation-kit/testing\` | the test kit |
| \`conversation-kit/styles.css\` | the styles |
`,
  },
  {
    title: 'Getting started',
    text: `Two commands show and check everything. This one starts the playground with the local server and prints one URL:

\`\`\`sh
npm ci && npm start
\`\`\`

This one runs every test:

\`\`\`sh
npm ci && npm test
\`\`\`

## Installing it in an app
\`\`\`sh
npm install conversation-kit @tanstack/react-query react react-dom
\`\`\`

## A first chat in a page
\`\`\`tsx
import { ChatWindow, ConversationProvider } from 'conversation-kit'
import { ConversationClient } from 'conversation-kit/transport'
import 'conversation-kit/styles.css'

const client = new ConversationClient({ baseUrl: '/api/chat' })

export function Support() {
  return (
    <ConversationProvider client={client}>
      <ChatWindow title="Support" suggestions={['Where is my order?']} />
    </ConversationProvider>
  )
}
\`\`\`

Make the client once, outside of the component. \`/api/chat\` is your own route: no secret belongs in a browser.
`,
  },
  {
    title: 'ConversationProvider',
    text: `\`<ConversationProvider>\` gives a client, a cache and a store to the part of the tree inside of it. Hooks and components need one above them.

| Prop | Meaning | Default |
|---|---|---|
| \`client\` | a \`ConversationClient\`, or the conversation client of the official SDK | required |
| \`queryClient\` | the TanStack Query cache | the one in context, else its own |
| \`store\` | drafts and running replies | its own |
| \`locale\` | for dates and numbers | the browser's |
| \`messages\` | other words than the English ones | – |
| \`streamThrottle\` | milliseconds between two commits of a stream | 50 |
| \`onError\` | told of every error once | – |

## Translation and other languages
Pass \`messages\` with your own words, all or some, and a \`locale\`. Direction comes from the nearest \`dir\` attribute, so right-to-left works.
`,
  },
  {
    title: 'ChatWindow',
    text: `\`<ChatWindow>\` is a whole chat: header, messages, composer, votes, errors with a retry button. It fills the height of the element it is in.

\`\`\`tsx
<ChatWindow conversationId={id} title="Support" suggestions={['What can you do?']} voteReasons={['Wrong', 'Too long']} />
\`\`\`

Without a \`conversationId\` the conversation is created when the first message is sent; \`onConversationCreated\` tells you its id.

## Options of ChatWindow
| Prop | Meaning |
|---|---|
| \`title\`, \`subtitle\` | the header; without a title there is none |
| \`welcome\`, \`suggestions\` | what is seen before the first message |
| \`placeholder\`, \`footer\` | words in and under the composer |
| \`votes\`, \`voteReasons\` | thumbs under answers, and reasons after a downvote |
| \`parts\` | own components for text, reasoning and tools |
| \`colorScheme\` | \`light\`, \`dark\` or \`system\` |
| \`create\` | options of a new conversation, such as \`botId\` or \`backstory\` |
`,
  },
  {
    title: 'Chat parts',
    text: `\`Chat\` has the parts that \`<ChatWindow>\` is made of. Leave a part out to hide it; every part takes \`className\`, \`style\` and \`render\`, and shows its state as \`data-*\` attributes.

\`\`\`tsx
<Chat.Root conversationId={id}>
  <Chat.Viewport>
    <Chat.Messages>
      {({ message }) => (
        <Chat.Message message={message}>
          <Chat.Parts />
          <Chat.Actions><Chat.Copy /><Chat.Votes /></Chat.Actions>
        </Chat.Message>
      )}
    </Chat.Messages>
  </Chat.Viewport>
  <Chat.Composer><Chat.Input /><Chat.Stop /><Chat.Send /></Chat.Composer>
</Chat.Root>
\`\`\`

## Tools and own message parts
Give \`parts\` to \`<ChatWindow>\` or \`<Chat.Parts>\`: \`{ tools: { getTicket: Ticket } }\` renders the calls of the function \`getTicket\` with your component \`Ticket\`. It gets a \`part\` with \`state\` (\`running\`, \`done\`, \`error\`), \`args\` and \`result\`.
`,
  },
  {
    title: 'Hooks',
    text: `| Hook | What it does |
|---|---|
| \`useChat\` | a conversation: messages, status, send, stop, retry |
| \`useComplete\` | one streamed completion, also without a stored conversation |
| \`useComposer\` | the state of an input: draft, submit, Enter that is safe for IMEs |
| \`useConversations\` | the list, page by page |
| \`useConversation\` | one conversation |
| \`useMessages\` | the stored messages of one |
| \`useVote\` | up or down, shown at once |
| \`useCreateConversation\`, \`useUpdateConversation\`, \`useDeleteConversation\` | change conversations |
| \`useSendMessage\` | sends a message without an answer |
| \`useUpsertContact\` | attaches a contact |

Query hooks return what TanStack Query returns.

## useChat
\`\`\`tsx
const chat = useChat({ conversationId: id })
await chat.sendMessage('Hello')
\`\`\`

It returns \`messages\`, \`status\` (\`ready\`, \`submitted\`, \`streaming\`, \`error\`), \`phase\`, \`error\`, and \`sendMessage\`, \`stop\`, \`retry\`, \`regenerate\`, \`loadOlder\`. While an answer is running a second \`sendMessage\` rejects with the code \`BUSY\`.
`,
  },
  {
    title: 'Votes',
    text: `The React component \`<VoteButtons>\` shows thumbs up and down for one message, or for the whole conversation without a \`messageId\`:

\`\`\`tsx
<VoteButtons conversationId={id} messageId={messageId} reasons={['Wrong', 'Too long']} onVote={(vote) => console.log(vote)} />
\`\`\`

A vote is shown at once, and rolled back when the server refuses it. Cast before the message has its id, it waits and is then sent.

## Own vote buttons with useVote
\`\`\`tsx
const { vote, upvote, downvote, isPending } = useVote({ conversationId, messageId })
\`\`\`

\`upvote({ value, reason })\` takes a value from 1 to 100, \`downvote\` from -100 to -1. Both default to the strongest.

## Changing a vote
Press the other thumb: quick opposite clicks end in the last one. The hosted API counts one vote an hour for each message and takes no vote back; an excess vote is accepted and changes nothing. The local server has the option \`voteWindow\` for that hour; 0 counts every vote.
`,
  },
  {
    title: 'ConversationList',
    text: `\`<ConversationList>\` shows the conversations, newest first, with more on request and a button for a new one.

\`\`\`tsx
<ConversationList value={id} onValueChange={setId} params={{ take: 50, meta: { team: 'billing' } }} />
\`\`\`

## Filtering and paging lists
\`useConversations({ take: 50, meta: { team: 'billing' } })\` filters by meta on the server and fetches page by page with \`fetchNextPage\`. The API has no text search; the \`filter\` of the list looks only at what was fetched.
`,
  },
  {
    title: 'Streaming and errors',
    text: `An answer is shown token by token. Tokens are kept outside React and committed at most once a frame, so a long answer costs what its new text costs.

## Stopping an answer
\`chat.stop()\` or the Stop button ends the stream at once. The words shown stay, marked as stopped, and the server stores what it had said.

## Retry after a broken connection
When a stream breaks, the words already shown stay, the answer is marked as failed, and \`error.partial\` has its text. Nothing is sent again by itself: a completion is never repeated, so no message is doubled. Press Retry, or call \`chat.retry()\`, to go on without a second user message.

## Error codes
Errors are a \`ConversationError\` with \`code\`, \`status\`, \`retryable\`, \`retryAfter\` in seconds and \`partial\`.

| Code | Meaning |
|---|---|
| \`NETWORK\` | the server cannot be reached |
| \`TIMEOUT\` | it took too long |
| \`ABORTED\` | you stopped it |
| \`STREAM_INTERRUPTED\` | the stream ended too early |
| \`NOT_AUTHENTICATED\` | the token is wrong or has expired |
| \`TOO_MANY_REQUESTS\` | wait, see \`retryAfter\` |
| \`BUSY\` | an answer is still running |
`,
  },
  {
    title: 'ConversationClient and transport',
    text: `\`ConversationClient\` is the one door to the network. It has no dependencies and runs in browsers, Node, workers and React Native.

\`\`\`ts
import { ConversationClient } from 'conversation-kit/transport'

const client = new ConversationClient({ secret: process.env.CHATBOTKIT_API_SECRET! })
const { id } = await client.create({ backstory: 'You plan trips.' })
for await (const event of client.complete(id, { text: 'Two days in Porto?' }).stream()) {
  if (event.type === 'token') process.stdout.write(event.data.token)
}
\`\`\`

## Using the official SDK
\`new ChatBotKit({ secret }).conversation\` of \`@chatbotkit/sdk\` is accepted wherever a client is asked for.

## Timeouts and automatic repeats
Headers may take 30 seconds, silence in a stream 60. Reads are repeated after network errors, 408, 429 and 5xx with growing pauses; writes only after a 429. \`Retry-After\` is obeyed.
`,
  },
  {
    title: 'Queries and prefetching',
    text: `\`conversation-kit/queries\` has the query options that the hooks use, for loaders and Server Components:

\`\`\`ts
const queries = createConversationQueries(new ConversationClient({ secret: process.env.CHATBOTKIT_API_SECRET! }))
await queryClient.prefetchInfiniteQuery(queries.list({ take: 50 }))
\`\`\`

Then wrap the page in TanStack's \`<HydrationBoundary>\`. Keys begin with \`conversation-kit\`; nothing else in your cache is touched.
`,
  },
  {
    title: 'Secrets, proxy and session tokens',
    text: `An API secret, or API key, never belongs in a browser, where it would not be safe: \`new ConversationClient({ secret })\` throws there. Use a proxy in your backend, or session tokens.

## Proxy
\`createConversationProxy\` adds the secret on your server and lets through only what is in \`allow\`:

\`\`\`ts
import { createConversationProxy } from 'conversation-kit/server'

const proxy = createConversationProxy({
  secret: process.env.CHATBOTKIT_API_SECRET!,
  basePath: '/api/chat',
  allow: ['conversation.create', 'conversation.complete', 'message.list'],
  authorize: ({ request }) => isSignedIn(request),
})
export const GET = proxy.fetch, POST = proxy.fetch
\`\`\`

Without \`transformBody\` only \`text\`, \`entities\`, \`name\`, \`meta\`, \`value\` and \`reason\` pass, so a visitor sets no backstory, model or functions. Cookies and the visitor's \`authorization\` are not passed on.

## Session tokens
\`createSessionHandler\` makes short-lived tokens for one conversation, so that the browser talks to the API itself:

\`\`\`ts
const session = createSessionHandler({ client, authorize: async (request) => ({ create: { botId: 'your-bot' } }) })
\`\`\`

In the browser: \`new ConversationClient({ token: () => fetch('/api/session', { method: 'POST' }).then((r) => r.json()).then((s) => s.token) })\`. The function is asked again when the token expires. A token lasts 1800 to 86400 seconds, 3600 by default, and may complete, send, receive and vote on messages, not list them: use \`history={false}\`.
`,
  },
  {
    title: 'Local server',
    text: `The local server has the API of the hosted service, with a database in one file:

\`\`\`sh
npx conversation-kit serve --port 8787 --data conversation-kit.db
\`\`\`

It needs two optional packages: \`npm install --save-dev @hono/node-server libsql\`. Then give the client \`{ baseUrl: 'http://127.0.0.1:8787' }\`.

## Options of serve
| Option | Meaning | Default |
|---|---|---|
| \`--port\` | where it listens | 8787 |
| \`--host\` | on which address | 127.0.0.1 |
| \`--data\` | the SQLite file | conversation-kit.db |
| \`--memory\` | keep everything in memory only | – |

## Environment variables
| Variable | Meaning |
|---|---|
| \`PORT\`, \`HOST\` | where it listens |
| \`CONVERSATION_KIT_DATA\` | the SQLite file |
| \`OPENAI_BASE_URL\`, \`OPENAI_API_KEY\`, \`OPENAI_MODEL\` | let a model answer |
| \`CHATBOTKIT_API_SECRET\` | become a proxy to the hosted service |
| \`CHATBOTKIT_API_BASE_URL\` | where the hosted service is |

## Where data is kept
In a SQLite file, by default \`conversation-kit.db\` in the current folder, with a lock file beside it. What was acknowledged outlives a crash of the process. One process at a time may have the file. To start over, stop the server and delete the file.

## The server in your own backend
\`createConversationServer({ reply })\` of \`conversation-kit/server\` is a \`{ fetch(request) }\` and mounts in Hono, Next, Bun, Deno and Workers. \`createNodeMiddleware\` of \`conversation-kit/server/node\` mounts it in Vite and Express.
`,
  },
  {
    title: 'Who answers: search, OpenAI or the hosted service',
    text: `Without any settings the local server answers from this guide by full-text search. It names its sources and says when it does not know. It is not a language model.

## Answering from your own documents
\`\`\`ts
import { createConversationServer, embeddedReply } from 'conversation-kit/server'

const server = createConversationServer({
  reply: embeddedReply({ documents: [{ title: 'Shipping', text: 'We ship within two days.', url: '/shipping' }] }),
})
\`\`\`

## Using OpenAI, Ollama or another model
Set the model, and the address when it is not OpenAI's:

\`\`\`sh
OPENAI_BASE_URL=http://localhost:11434/v1 OPENAI_MODEL=llama3.2 npx conversation-kit serve
\`\`\`

Any server that speaks the OpenAI protocol works, such as Ollama, llama.cpp, vLLM or LM Studio. A hosted one needs \`OPENAI_API_KEY\` too.

## Using the hosted ChatBotKit service
Set \`CHATBOTKIT_API_SECRET\`: the same command then becomes a proxy to the hosted service and keeps nothing itself.
`,
  },
  {
    title: 'Testing',
    text: `\`createTestKit\` gives a real server in the same process, a client and a wrapper:

\`\`\`tsx
const { server, wrapper } = createTestKit({ conversations: [{ id: 'c1' }] })
render(<ChatWindow conversationId="c1" />, { wrapper })
\`\`\`

No mocks and no port are needed.

## Holding, failing and breaking replies in a test
- \`server.holdReply()\` keeps a reply half-written until the test says so: \`token\`, \`end\`, \`fail\`, \`cut\`.
- \`server.fail('conversation.complete', { status: 429 })\` makes the next request fail.
- \`server.offline()\` takes the network away.
- \`server.requests\` lists what arrived, \`server.votes\` the votes.
`,
  },
  {
    title: 'Storybook',
    text: `\`npm start\` opens Storybook: one story for each component, flows with whole conversations, and a playground that talks to the local server. The other stories run the server inside the page, so they stream, stop and fail even in a static build.
`,
  },
  {
    title: 'Theming and styles',
    text: `Import \`conversation-kit/styles.css\` once, then set variables on any element around the chat:

\`\`\`css
.my-chat {
  --ck-accent: #7c3aed;
  --ck-radius: 0.5rem;
  --ck-font: Georgia, serif;
}
\`\`\`

The styles are in the cascade layer \`conversation-kit\`, so your own rules win without \`!important\`.

## Variables for colours and sizes
| Variables | For |
|---|---|
| \`--ck-accent\`, \`--ck-accent-fg\` | buttons, links |
| \`--ck-bg\`, \`--ck-fg\`, \`--ck-muted-bg\`, \`--ck-muted-fg\`, \`--ck-border\` | surfaces and text |
| \`--ck-user-bg\`, \`--ck-user-fg\`, \`--ck-assistant-bg\`, \`--ck-assistant-fg\` | messages |
| \`--ck-font\`, \`--ck-font-mono\`, \`--ck-font-size\`, \`--ck-line-height\` | letters |
| \`--ck-radius\`, \`--ck-bubble-radius\`, \`--ck-bubble-max\`, \`--ck-space\` | shapes |
| \`--ck-danger\`, \`--ck-success\`, \`--ck-focus\` | signals |

## Dark mode
Light and dark follow the \`color-scheme\` of the page. \`colorScheme="dark"\` on \`<ChatWindow>\` decides for itself.
`,
  },
  {
    title: 'Accessibility',
    text: `The components are made to be accessible to everyone: they aim at WCAG 2.2 AA, and every story is checked with axe. Everything works by keyboard; a reply is announced when it is finished, never token by token; focus comes back to where it was; \`prefers-reduced-motion\` and forced colours are respected.
`,
  },
  {
    title: 'Markdown and safety',
    text: `Answers are shown as GitHub-flavoured markdown: tables, task lists, strikethrough, fenced code with a copy button. The output of a model never becomes HTML. Links open only \`http\`, \`https\`, \`mailto\` and \`tel\`; images are loaded only from origins you allow.
`,
  },
]
