import { useState } from 'react'
import { createRoot } from 'react-dom/client'
import { Virtuoso } from 'react-virtuoso'
import { conversationsOf } from '../pages/list-data.js'
import { changed, Row } from '../pages/list-row.jsx'
import '../pages/page.css'
import '../pages/list.css'

const root = createRoot(document.querySelector('#root'))
let conversations = []
let set

const keyOf = (_, { id }) => id
const item = (_, conversation) => <Row conversation={conversation} />

function Page() {
  const [list, setList] = useState(conversations)
  set = setList
  return <Virtuoso className="list" data={list} computeItemKey={keyOf} itemContent={item} increaseViewportBy={300} />
}

globalThis.chat = {
  prepare: (count) => (conversations = conversationsOf(count)),
  open: () => root.render(<Page />),
  change: (id, name) => set((list) => changed(list, id, name)),
  idAt: (at) => conversations[at].id,
  row: '.row',
  viewport: () => document.querySelector('.list'),
}
