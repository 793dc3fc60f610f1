import { useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { VList } from 'virtua'
import { conversationsOf } from '../pages/list-data.js'
import { changed, Row } from '../pages/list-row.jsx'
import '../pages/page.css'
import '../pages/list.css'

const root = createRoot(document.querySelector('#root'))
let conversations = []
const hands = {}

const item = (conversation) => <Row key={conversation.id} conversation={conversation} />

function Page() {
  const [list, setList] = useState(conversations)
  useEffect(() => {
    hands.set = setList
  }, [])
  return (
    <VList className="list" data={list} bufferSize={300}>
      {item}
    </VList>
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
