/* eslint-disable react/no-array-index-key -- as documented: parts are only added at the end */
// The AI SDK with Streamdown, as their documentation puts them together. Neither scrolls, so the page does.
import { useChat } from '@ai-sdk/react'
import { DefaultChatTransport } from 'ai'
import { useLayoutEffect, useRef, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { Streamdown } from 'streamdown'
import 'streamdown/styles.css'
import '../pages/page.css'

const transport = new DefaultChatTransport({ api: '/answer/sse' })

function Chat({ given }) {
  const { messages, sendMessage, status } = useChat({ transport, messages: given })
  const [input, setInput] = useState('')
  const thread = useFollow()
  const onKeyDown = (event) => {
    if (event.key !== 'Enter' || event.shiftKey) return
    event.preventDefault()
    if (!input.trim()) return
    void sendMessage({ text: input })
    setInput('')
  }
  return (
    <main className="page">
      <div className="thread" ref={thread}>
        {messages.map((message) => (
          <div key={message.id} className="row" data-role={message.role}>
            {message.parts.map((part, index) =>
              part.type !== 'text' ? null : message.role === 'user' ? (
                <div key={index}>{part.text}</div>
              ) : (
                <Streamdown key={index} isAnimating={status === 'streaming' && message === messages.at(-1)}>
                  {part.text}
                </Streamdown>
              ),
            )}
          </div>
        ))}
      </div>
      <textarea
        rows={2}
        aria-label="Message"
        value={input}
        onChange={(event) => setInput(event.target.value)}
        onKeyDown={onKeyDown}
      />
    </main>
  )
}

/** Stays at the end, with the frame that has grown. */
function useFollow() {
  const thread = useRef(null)
  useLayoutEffect(() => {
    thread.current.scrollTop = thread.current.scrollHeight
  })
  return thread
}

const root = createRoot(document.querySelector('#root'))

globalThis.chat = {
  open: (messages) =>
    root.render(
      <Chat
        given={messages.map(({ type, text }, at) => ({
          id: `m${at}`,
          role: type === 'user' ? 'user' : 'assistant',
          parts: [{ type: 'text', text }],
        }))}
      />,
    ),
  row: '.row',
  viewport: () => document.querySelector('.thread'),
}
