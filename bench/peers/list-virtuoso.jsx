import { useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { Virtuoso } from 'react-virtuoso'
import { conversationsOf } from '../pages/list-data.js'
import { changed, Row } from '../pages/list-row.jsx'
import '../pages/page.css'
import '../pages/list.css'

const root = createRoot(document.querySelector('#root'))
let conversations = []
const hands = {}

const keyOf = (_, { id }) => id
const item = (_, conversation) => <Row conversation={conversation} />

function Page() {
  const [list, setList] = useState(conversations)
  useEffect(() => {
    hands.set = setList
  }, [])
  return <Virtuoso className="list" data={list} computeItemKey={keyOf} itemContent={item} increaseViewportBy={300} />
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
