// A page whose cache holds 10,000 conversations and 50,000 messages, and which searches them: with the kit, and by looking at each text.
import { QueryClient } from '@tanstack/react-query'
import { createStore } from 'zustand'
import { openDesk } from '../../dist/admin/search/desk.js'
import { conversationKeys } from '../../dist/queries/public.js'

const MESSAGES = 5
const PAGE = 100

/** Numbers that are the same in every run. */
function randomOf(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

const SYLLABLES = 'ka to ri me no shi lan der ber ton ing ver al tri con pro est ment ol us'.split(' ')
const COMMON = 'the to and of is my for you it in on with order please not when how thanks have your'.split(' ')
const SENTENCES = [
  '返金をお願いします。',
  'ผมอยากสั่งซื้อสินค้า',
  'Où est mon colis ? Merci d’avance.',
  'Wo ist meine Rechnung für März?',
]

/** Words as they are used: some in most texts, most in few. */
function createWords(random) {
  const rare = Array.from({ length: 30_000 }, () => {
    const length = 2 + Math.floor(random() * 3)
    return Array.from({ length }, () => SYLLABLES[Math.floor(random() * SYLLABLES.length)]).join('')
  })
  const word = () =>
    random() < 0.4 ? COMMON[Math.floor(random() ** 2 * COMMON.length)] : rare[Math.floor(random() ** 3 * rare.length)]
  const text = (length) => {
    const said = Array.from({ length }, word).join(' ')
    return random() < 0.05 ? `${said} ${SENTENCES[Math.floor(random() * SENTENCES.length)]}` : said
  }
  return { rare, text }
}

const queryClient = new QueryClient({ defaultOptions: { queries: { gcTime: Infinity } } })
const texts = []
let rare

/** Fills the cache as if all had been loaded, a bit at a time: what a page does besides does not count. */
async function fill(count) {
  const random = randomOf(7)
  const words = createWords(random)
  rare = words.rare
  const items = []
  for (let at = 0; at < count; at += 1) {
    const id = `c${at}`
    const conversation = {
      id,
      name: words.text(4),
      description: words.text(9),
      botId: `bot-${at % 7}`,
      model: `model-${at % 4}`,
      meta: { team: `team-${at % 9}`, order: `O-${at}` },
      createdAt: 1e12 - at,
      updatedAt: 1e12 - at,
    }
    items.push(conversation)
    texts.push({ id, text: `${conversation.name} ${conversation.description}`.toLowerCase() })
    const messages = Array.from({ length: MESSAGES }, (_, nr) => ({
      id: `m${at}-${nr}`,
      type: nr % 2 ? 'bot' : 'user',
      text: words.text(15 + Math.floor(random() * 50)),
      createdAt: 1e12 - at * 10 - nr,
      updatedAt: 0,
    }))
    for (const message of messages) texts.push({ id, text: message.text.toLowerCase() })
    queryClient.setQueryData(conversationKeys.messages(id), { pages: [{ items: messages }], pageParams: [undefined] })
    if (at % 100 === 99) await new Promise((resolve) => setTimeout(resolve))
  }
  const pages = []
  for (let at = 0; at < count; at += PAGE)
    pages.push({ items: items.slice(at, at + PAGE), cursor: items[at + PAGE - 1].id })
  queryClient.setQueryData(conversationKeys.list(), { pages, pageParams: pages.map(() => undefined) })
}

let desk

/** Opens the search and waits until all of the cache is searched. */
async function index() {
  const began = performance.now()
  const long = []
  const observer = new PerformanceObserver((list) => long.push(...list.getEntries().map(({ duration }) => duration)))
  observer.observe({ type: 'longtask' })
  performance.mark('index')
  desk = openDesk({
    client: { scope: undefined, list: () => {}, message: {} },
    queryClient,
    gone: createStore(() => new Set()),
  })
  const { search } = desk
  await new Promise((resolve) => {
    const timer = setInterval(() => {
      const { conversations, messages, pending } = search.getStatus()
      if (pending > 0 || messages * 6 !== texts.length * 5 || conversations * 6 !== texts.length) return
      clearInterval(timer)
      resolve()
    }, 20)
  })
  const took = performance.now() - began
  performance.mark('indexed')
  await new Promise((resolve) => setTimeout(resolve, 200))
  observer.disconnect()
  return { took, engine: search.getStatus().engine, longest: Math.max(0, ...long), long: long.length }
}

/** What somebody types: common words, rare ones, several, beginnings, with errors, in other scripts. */
function questions() {
  const asked = [
    'order',
    'the',
    'please',
    'my order',
    'how to',
    '返金',
    'สั่งซื้อ',
    'colis',
    'rechnung',
    'marz',
    'o',
    'or',
    'ord',
  ]
  for (let at = 0; at < 40; at += 1) {
    const word = rare[(at * 701) % rare.length]
    asked.push(word, word.slice(0, 3), `${word} ${COMMON[at % COMMON.length]}`)
    asked.push(word.slice(0, 2) + word[3] + word[2] + word.slice(4), `${word} ${rare[at * 13]}`)
  }
  return asked
}

/** How long each question takes: of the search, and of a look at each text. */
async function ask() {
  const times = { kit: [], scan: [] }
  let found = 0
  performance.mark('ask')
  for (const question of questions()) {
    const began = performance.now()
    const { total } = await desk.search.query(question)
    times.kit.push(performance.now() - began)
    const parts = question.toLowerCase().split(' ')
    const scanned = performance.now()
    const ids = new Set()
    for (const { id, text } of texts) if (parts.every((part) => text.includes(part))) ids.add(id)
    times.scan.push(performance.now() - scanned)
    found += total
    await new Promise((resolve) => setTimeout(resolve))
  }
  performance.mark('asked')
  return { times, found }
}

globalThis.bench = { fill, index, ask }
