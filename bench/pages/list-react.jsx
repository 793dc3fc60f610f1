// Plain React: every row is on the page.
import { useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { conversationsOf } from './list-data.js'
import { changed, Row } from './list-row.jsx'
import './page.css'
import './list.css'

const root = createRoot(document.querySelector('#root'))
let conversations = []
const hands = {}

function Page() {
  const [list, setList] = useState(conversations)
  useEffect(() => {
    hands.set = setList
  }, [])
  return (
    <div className="list">
      {list.map((conversation) => (
        <Row key={conversation.id} conversation={conversation} />
      ))}
    </div>
  )
}

globalThis.chat = {
  prepare: (count) => (conversations = conversationsOf(count)),
  open: () => root.render(<Page />),
  close: () => root.render(null),
  change: (id, name) => hands.set((list) => changed(list, id, name)),
  idAt: (at) => conversations[at].id,
  row: '.row',
  viewport: () => document.querySelector('.list'),
}
