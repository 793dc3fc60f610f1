// The limit: a list as one would write it for nothing but speed, without React. All rows are of one height, which is known; those near the
// view are on the page, and an element that leaves it is used for the next row.
import './page.css'
import './list.css'
import { ageOf, conversationsOf } from './list-data.js'

const ROW_PX = 58
/** Rows are made this far above and below the view, px. */
const MARGIN_PX = 300

let conversations = []
let byId = new Map()
const viewport = make('div', 'list')
const room = viewport.appendChild(make('div', 'room'))
room.style.position = 'relative'
/** What is on the page, by place. */
const rows = new Map()
const spare = []

function make(tag, name) {
  const element = document.createElement(tag)
  element.className = name
  return element
}

function makeRow() {
  const row = make('div', 'row')
  row.style.cssText = `position: absolute; inset-inline: 0; height: ${ROW_PX}px`
  const button = row.appendChild(document.createElement('button'))
  for (const [tag, name] of [
    ['span', 'name'],
    ['time', 'time'],
    ['span', 'text'],
  ])
    button.appendChild(make(tag, name)).textContent = ' '
  return row
}

function fill(row, { id, name, updatedAt, description }) {
  const [named, time, text] = row.firstChild.children
  row.dataset.id = id
  named.firstChild.data = name
  time.firstChild.data = ageOf(updatedAt)
  text.firstChild.data = description
}

function show() {
  const top = viewport.scrollTop
  const from = Math.max(0, Math.floor((top - MARGIN_PX) / ROW_PX))
  const to = Math.min(conversations.length, Math.ceil((top + viewport.clientHeight + MARGIN_PX) / ROW_PX))
  for (const [at, row] of rows) {
    if (at >= from && at < to) continue
    rows.delete(at)
    spare.push(row)
  }
  for (let at = from; at < to; at++) {
    if (rows.has(at)) continue
    const row = spare.pop() ?? room.appendChild(makeRow())
    row.style.transform = `translateY(${at * ROW_PX}px)`
    fill(row, conversations[at])
    rows.set(at, row)
  }
  for (const row of spare.splice(0)) row.remove()
}

viewport.addEventListener('scroll', show, { passive: true })

globalThis.chat = {
  prepare(count) {
    conversations = conversationsOf(count)
    byId = new Map(conversations.map((conversation, at) => [conversation.id, { conversation, at }]))
  },
  open() {
    room.style.height = `${conversations.length * ROW_PX}px`
    document.querySelector('#root').append(viewport)
    show()
  },
  close() {
    viewport.remove()
    for (const row of rows.values()) row.remove()
    rows.clear()
  },
  change(id, name) {
    const { conversation, at } = byId.get(id)
    conversation.name = name
    const row = rows.get(at)
    if (row) row.firstChild.firstChild.firstChild.data = name
  },
  idAt: (at) => conversations[at].id,
  row: '.row',
  viewport: () => viewport,
}
