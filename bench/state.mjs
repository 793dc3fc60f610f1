import { Window } from 'happy-dom'

// What one token of a reply costs in a short thread and in a long one: decoded, put into the store and drawn by React. Beside it a
// control in the same run, made the way most chats are: a query holds the list, every token is written to its last message with
// `setQueryData`, and a component draws the list. Both have the same server, the same client and the same rows, which render only
// when their message changes; in both every token is drawn before the next one is sent, so neither wins by leaving some out.
// The clock starts when the thread is on the page and the reply well begun, and stops before it ends: neither the first rendering
// nor the reading of lists is in it. Time is processor time, that of the server in this process included. The built kit is measured.
//
// The promise is about the last rows of a thread on the page, as many at every length. With all of its rows there, React itself
// walks over them: it copies the children of a list when one of them renders. That is shown too, for whoever draws them all.

const LENGTHS = [50, 500, 5000]
const IN_VIEW = 50
const TOKENS = 500
/** The first tokens of a reply, which are not counted: they run code that another way to draw made cold. */
const FIRST_TOKENS = 200
const RUNS = 7
const WARM_UPS = 2
const FLAT = 1.2

export async function run() {
  const leave = openPage()
  try {
    const way = await waysToDraw()
    const times = {}
    for (let round = 0; round < WARM_UPS + RUNS; round++) {
      for (const name of Object.keys(way)) {
        for (const length of LENGTHS) {
          const spent = await costOfTokens(way[name], length)
          if (round >= WARM_UPS) ((times[name] ??= {})[length] ??= []).push(spent)
        }
      }
    }
    return report(times)
  } finally {
    await leave()
  }
}

function report(times) {
  // The fastest run is what the code costs; what the others took more, the machine added.
  const cost = (name, length) => (Math.min(...times[name][length]) / TOKENS) * 1000
  const growth = (name) => cost(name, LENGTHS.at(-1)) / cost(name, LENGTHS[0])
  const table = {}
  for (const name of Object.keys(times)) {
    table[name] = Object.fromEntries(LENGTHS.map((length) => [`${length} messages`, Math.round(cost(name, length))]))
    table[name][`${LENGTHS.at(-1)} : ${LENGTHS[0]}`] = `${growth(name).toFixed(2)} x`
  }
  console.log(`\nMicroseconds for one token, ${TOKENS} tokens, the fastest of ${RUNS} alternating runs`)
  console.table(table)
  const name = `one token costs the same in a thread of ${LENGTHS.join(', ')} messages`
  const kept = growth('kit, rows in view') <= FLAT
  console.table({
    [name]: {
      measured: `${growth('kit, rows in view').toFixed(2)} x`,
      'at most': `${FLAT} x`,
      kept: kept ? 'yes' : 'NO',
    },
  })
  return kept ? [] : [name]
}

/** Milliseconds for all tokens of a reply at the end of a thread. */
async function costOfTokens(openChat, length) {
  const chat = await openChat(length)
  await chat.begin()
  // Words of one length, so that every run draws the same.
  const words = Array.from({ length: FIRST_TOKENS + TOKENS }, (_, index) => `${index + 1000} `)
  const say = async (word) => await Promise.all([chat.drawn(), chat.reply.token(word)])
  for (const word of words.slice(0, FIRST_TOKENS)) await say(word)
  const started = process.cpuUsage()
  for (const word of words.slice(FIRST_TOKENS)) await say(word)
  const { user, system } = process.cpuUsage(started)
  const text = `Begin ${words.join('')}`
  if (chat.lastText() !== text) throw new Error('The thread is not what was said.')
  await chat.close()
  return (user + system) / 1000
}

// --- two ways to draw a thread ----------------------------------------------------------------------------------------

async function waysToDraw() {
  const { createElement: h, memo, useLayoutEffect } = await import('react')
  const { createRoot } = await import('react-dom/client')
  const { QueryClient, QueryClientProvider, useQuery } = await import('@tanstack/react-query')
  const { useMessage, useMessageKeys } = await import('../dist/index.js')
  // What `<ChatWindow>` stands on: `useChat` for those who read messages row by row.
  const { useTalk } = await import('../dist/hooks/useChat.js')
  const { createConversationQueries } = await import('../dist/queries/public.js')
  const { createTestKit } = await import('../dist/testing/index.js')

  const noOneWaits = () => {}
  let tellDrawn = noOneWaits
  const drawn = () => new Promise((resolve) => (tellDrawn = resolve))

  /** One message. Tells when it was drawn. */
  function Line({ text }) {
    useLayoutEffect(() => tellDrawn(), [text])
    return h('li', null, text)
  }

  /** A thread on the page, its history read, and a reply that is written by hand. */
  async function open(Chat, length, inView) {
    const messages = Array.from({ length }, (_, at) => ({ type: at % 2 ? 'bot' : 'user', text: `Message ${at}` }))
    // What is remembered for a while would keep the process up.
    const forever = { gcTime: Infinity }
    const queryClient = new QueryClient({ defaultOptions: { queries: forever, mutations: forever } })
    const kit = createTestKit({ conversations: [{ id: 'c1', messages }], queryClient, streamThrottle: false })
    const pages = await readAll(kit.client)
    queryClient.setQueryData(createConversationQueries(kit.client).messages('c1').queryKey, pages)
    const history = pages.pages.flatMap((page) => page.items).toReversed()
    const place = document.body.appendChild(document.createElement('div'))
    const root = createRoot(place)
    let say
    const onReady = (send) => (say = send)
    const chat = h(Chat, { history, inView, onReady, queryClient, client: kit.client })
    root.render(h(QueryClientProvider, { client: queryClient }, h(kit.wrapper, null, chat)))
    await until(() => place.querySelectorAll('li').length === Math.min(length, inView))
    const reply = kit.server.holdReply()
    let ended
    return {
      reply,
      drawn,
      lastText: () => place.querySelector('ol').lastChild.textContent,
      async begin() {
        ended = say()
        await reply.token('Begin ')
        await until(() => place.querySelector('ol').lastChild.textContent === 'Begin ')
      },
      async close() {
        tellDrawn = noOneWaits
        await reply.end()
        await ended
        root.unmount()
        place.remove()
      },
    }
  }

  /** The whole history as the cache keeps it. */
  async function readAll(client) {
    const data = { pages: [], pageParams: [] }
    let cursor
    do {
      const { items } = await client.message.list('c1', { order: 'desc', take: 100, cursor })
      data.pageParams.push(cursor)
      cursor = items.length === 100 ? items.at(-1).id : undefined
      data.pages.push(cursor ? { items, cursor } : { items })
    } while (cursor)
    return data
  }

  const Row = memo(function Row({ id }) {
    return h(Line, { text: useMessage('c1', id)?.text ?? '' })
  })
  const Rows = memo(function Rows({ inView }) {
    const keys = useMessageKeys('c1').slice(-inView)
    return h(
      'ol',
      null,
      keys.map((key) => h(Row, { key, id: key })),
    )
  })
  function Kit({ inView, onReady }) {
    const { sendMessage } = useTalk({ conversationId: 'c1' }).chat
    useLayoutEffect(() => onReady(() => sendMessage('Go on')), [onReady, sendMessage])
    return h(Rows, { inView })
  }

  const ListRow = memo(function ListRow({ message }) {
    return h(Line, { text: message.text })
  })
  function Control({ history, inView, onReady, queryClient, client }) {
    const queryKey = ['thread']
    const { data: messages } = useQuery({ queryKey, queryFn: () => history, initialData: history, staleTime: Infinity })
    useLayoutEffect(() => {
      const write = (change) => queryClient.setQueryData(queryKey, change)
      onReady(async () => {
        write((list) => [...list, { id: 'user', text: 'Go on' }, { id: 'bot', text: '' }])
        for await (const { type, data } of client.complete('c1', { text: 'Go on' }).stream()) {
          if (type !== 'token') continue
          write((list) => [...list.slice(0, -1), { id: 'bot', text: list.at(-1).text + data.token }])
        }
      })
    })
    return h(
      'ol',
      null,
      messages.slice(-inView).map((message) => h(ListRow, { key: message.id, message })),
    )
  }

  return {
    'kit, rows in view': (length) => open(Kit, length, IN_VIEW),
    'setQueryData, rows in view': (length) => open(Control, length, IN_VIEW),
    'kit, all rows': (length) => open(Kit, length, Infinity),
    'setQueryData, all rows': (length) => open(Control, length, Infinity),
  }
}

// --- the page ---------------------------------------------------------------------------------------------------------

/** Makes a page in this process. Its network stays ours: nothing here leaves the process. */
function openPage() {
  // What React decides by when it is loaded.
  process.env.NODE_ENV = 'production'
  const window = new Window()
  globalThis.window = window
  globalThis.document = window.document
  for (const name of ['requestAnimationFrame', 'cancelAnimationFrame']) globalThis[name] = window[name].bind(window)
  return () => window.happyDOM.close()
}

async function until(condition) {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1))
}
