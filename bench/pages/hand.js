// The limit: a chat as one would write it for nothing but speed, without React. It decodes in a loop, writes once a frame, only at the end
// of what is there, sets the scroll position in the same frame, and of a long thread keeps the rows near the view alone.
import './page.css'
import './hand.css'
import { createWriter } from './hand-markdown.js'

/** Up to here all rows are in the page, and the browser leaves out what is not seen. */
const ALL_ROWS = 100
/** Rows are made this far above and below the view, px. */
const MARGIN_PX = 1200

const page = make('main', 'page')
const thread = page.appendChild(make('div', 'thread'))
const input = page.appendChild(document.createElement('textarea'))

function make(tag, name) {
  const element = document.createElement(tag)
  element.className = name
  return element
}

function rowOf({ type, text }) {
  const row = make('article', 'row')
  row.dataset.role = type
  const body = row.appendChild(document.createElement('div'))
  if (type === 'user') body.textContent = text
  else if (text !== '') {
    const writer = createWriter(body)
    writer.add(text)
    writer.end()
  }
  return row
}

// --- the thread -------------------------------------------------------------------------------------------------------

/** Messages of which some have a row in the page; `above` and `below` stand for the others. */
let messages = []
let heights = []
let first = 0
let end = 0
const above = make('div', 'above')
const below = make('div', 'below')
let follows = true
let lastTop = 0

/** Characters in a line of a message, and px for a line and for a row. */
const estimate = ({ text }) => 40 + 24 * Math.max(text.length / 95, text.split('\n').length)

function open(given) {
  document.querySelector('#root').append(page)
  messages = [...given]
  heights = messages.map(estimate)
  thread.toggleAttribute('data-whole', messages.length <= ALL_ROWS)
  thread.replaceChildren(above, below)
  first = end = messages.length
  if (messages.length <= ALL_ROWS) show(0, messages.length)
  else {
    let top = messages.length
    for (let height = 0; top > 0 && height < thread.clientHeight + MARGIN_PX; top--) height += heights[top - 1]
    show(top, messages.length)
  }
  follow()
}

const sum = (from, to) => {
  let height = 0
  for (let at = from; at < to; at++) height += heights[at]
  return height
}

/** Makes the rows between two places, takes the others away, and keeps what is seen where it is. */
function show(from, to) {
  for (; first < Math.min(from, end); first++) above.nextSibling.remove()
  for (; end > Math.max(to, first); end--) below.previousSibling.remove()
  if (first >= end) first = end = from
  const before = document.createDocumentFragment()
  const fresh = []
  for (let at = from; at < first; at++) fresh.push([at, before.appendChild(rowOf(messages[at]))])
  above.after(before)
  const after = document.createDocumentFragment()
  for (let at = end; at < to; at++) fresh.push([at, after.appendChild(rowOf(messages[at]))])
  below.before(after)
  const oldFirst = first
  first = from
  end = to
  above.style.height = `${sum(0, first)}px`
  below.style.height = `${sum(end, messages.length)}px`
  if (messages.length <= ALL_ROWS) return
  // All heights are read at once, after all writes.
  let moved = 0
  for (const [at, row] of fresh) {
    const height = row.getBoundingClientRect().height
    if (at < oldFirst) moved += height - heights[at]
    heights[at] = height
  }
  if (moved !== 0 && !follows) {
    thread.scrollTop += moved
    lastTop = thread.scrollTop
  }
}

function onScroll() {
  const top = thread.scrollTop
  if (top === lastTop) return
  follows = thread.scrollHeight - thread.clientHeight - top <= 2
  lastTop = top
  if (messages.length <= ALL_ROWS) return
  let from = first
  let edge = sum(0, first)
  while (from > 0 && edge > top - MARGIN_PX) edge -= heights[--from]
  while (from < messages.length - 1 && edge + heights[from] < top - MARGIN_PX) edge += heights[from++]
  let to = from
  for (let bottom = edge; to < messages.length && bottom < top + thread.clientHeight + MARGIN_PX; to++)
    bottom += heights[to]
  if (from !== first || to !== end) show(from, to)
}
thread.addEventListener('scroll', onScroll, { passive: true })

function follow() {
  if (!follows) return
  thread.scrollTop = thread.scrollHeight
  lastTop = thread.scrollTop
}

function append(message) {
  messages.push(message)
  heights.push(estimate(message))
  const row = rowOf(message)
  below.before(row)
  end += 1
  return row
}

// --- the answer -------------------------------------------------------------------------------------------------------

async function send(text) {
  append({ type: 'user', text })
  const answer = { type: 'bot', text: '' }
  const writer = createWriter(append(answer).firstChild)
  follows = true
  follow()

  const said = messages.slice(0, -1).map(({ type, text }) => ({ type, text }))
  const response = await fetch('/answer/jsonl', { method: 'POST', body: JSON.stringify({ messages: said }) })
  let waiting = ''
  let frame = 0
  const write = () => {
    frame = 0
    writer.add(waiting)
    answer.text += waiting
    waiting = ''
    follow()
  }
  const reader = response.body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    rest += decoder.decode(value, { stream: true })
    let at = 0
    for (let stop = rest.indexOf('\n'); stop !== -1; stop = rest.indexOf('\n', at)) {
      const { type, data } = JSON.parse(rest.slice(at, stop))
      if (type === 'token') waiting += data.token
      at = stop + 1
    }
    rest = rest.slice(at)
    if (waiting !== '' && frame === 0) frame = requestAnimationFrame(write)
  }
  cancelAnimationFrame(frame)
  write()
  writer.end()
  follow()
}

input.placeholder = 'Message'
input.rows = 2
input.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey) return
  event.preventDefault()
  const text = input.value.trim()
  input.value = ''
  if (text !== '') void send(text)
})

globalThis.chat = { open, row: '.row', viewport: () => thread }
