// assistant-ui's primitives with its markdown and a local runtime, everything else as it is by default: the typewriter and the scrolling too.
import {
  AssistantRuntimeProvider,
  ComposerPrimitive,
  MessagePrimitive,
  ThreadPrimitive,
  useLocalRuntime,
} from '@assistant-ui/react'
import { MarkdownTextPrimitive } from '@assistant-ui/react-markdown'
import { createRoot } from 'react-dom/client'
import remarkGfm from 'remark-gfm'
import '../pages/page.css'

const adapter = {
  async *run({ messages, abortSignal }) {
    const response = await fetch('/answer/jsonl', {
      method: 'POST',
      signal: abortSignal,
      body: JSON.stringify({ messages: messages.map(({ role, content }) => ({ role, content })) }),
    })
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    let rest = ''
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      const lines = (rest + value).split('\n')
      rest = lines.pop()
      for (const line of lines) {
        const { type, data } = JSON.parse(line)
        if (type !== 'token') continue
        text += data.token
        yield { content: [{ type: 'text', text }] }
      }
    }
  },
}

const plugins = [remarkGfm]
const MarkdownText = () => <MarkdownTextPrimitive remarkPlugins={plugins} />
const inMarkdown = { Text: MarkdownText }

const UserMessage = () => (
  <MessagePrimitive.Root className="row" data-role="user">
    <div>
      <MessagePrimitive.Parts />
    </div>
  </MessagePrimitive.Root>
)

const AssistantMessage = () => (
  <MessagePrimitive.Root className="row" data-role="assistant">
    <MessagePrimitive.Parts components={inMarkdown} />
  </MessagePrimitive.Root>
)

function Chat({ given }) {
  const runtime = useLocalRuntime(adapter, { initialMessages: given })
  return (
    <AssistantRuntimeProvider runtime={runtime}>
      <ThreadPrimitive.Root className="page">
        <ThreadPrimitive.Viewport className="thread">
          <ThreadPrimitive.Messages>
            {({ message }) => (message.role === 'user' ? <UserMessage /> : <AssistantMessage />)}
          </ThreadPrimitive.Messages>
        </ThreadPrimitive.Viewport>
        <ComposerPrimitive.Root>
          <ComposerPrimitive.Input aria-label="Message" rows={2} />
        </ComposerPrimitive.Root>
      </ThreadPrimitive.Root>
    </AssistantRuntimeProvider>
  )
}

const root = createRoot(document.querySelector('#root'))

globalThis.chat = {
  open: (messages) =>
    root.render(
      <Chat
        given={messages.map(({ type, text }) => ({ role: type === 'user' ? 'user' : 'assistant', content: text }))}
      />,
    ),
  row: '.row',
  viewport: () => document.querySelector('.thread'),
}
