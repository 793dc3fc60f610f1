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
/** The first words of a reply, which are not counted: they run code that another way to draw made cold. */
const FIRST_WORDS = 200
const TURNS = 40
const WORDS_A_TURN = 25
const RUNS = 3
const FLAT = 1.2

export async function run() {
  const leave = openPage()
  try {
    const ways = await waysToDraw()
    const times = {}
    for (let round = 0; round <= RUNS; round++) {
      for (const name of Object.keys(ways)) {
        const spent = await timesOfReplies(ways[name])
        // The first round warms up.
        if (round === 0) continue
        for (const length of LENGTHS) ((times[name] ??= {})[length] ??= []).push(spent[length])
      }
    }
    return report(times)
  } finally {
    await leave()
  }
}

function report(times) {
  const cost = (name, length) => (sum(times[name][length]) / (RUNS * TURNS * WORDS_A_TURN)) * 1000
  const growth = (name) => cost(name, LENGTHS.at(-1)) / cost(name, LENGTHS[0])
  const table = {}
  for (const name of Object.keys(times)) {
    table[name] = Object.fromEntries(LENGTHS.map((length) => [`${length} messages`, Math.round(cost(name, length))]))
    table[name][`${LENGTHS.at(-1)} : ${LENGTHS[0]}`] = `${growth(name).toFixed(2)} x`
  }
  console.log(`\nMicroseconds for one token, the mean of ${RUNS * TURNS * WORDS_A_TURN} at each length`)
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

/**
 * Milliseconds for all turns of a reply, by the length of the thread it is at the end of. The threads of all lengths are open at
 * once and get their words in turns, so that what the process is busy with besides, such as collecting garbage and compiling, falls
 * on all of them alike: measured one after the other, the same work differed by more than half.
 */
async function timesOfReplies(openChat) {
  const chats = []
  for (const length of LENGTHS) chats.push({ ...(await openChat(length)), length, said: 'Begin ', spent: 0 })
  for (const chat of chats) {
    await chat.begin()
    await say(chat, FIRST_WORDS)
  }
  for (let turn = 0; turn < TURNS; turn++) {
    for (const chat of chats) {
      const started = process.cpuUsage()
      await say(chat, WORDS_A_TURN)
      const { user, system } = process.cpuUsage(started)
      chat.spent += (user + system) / 1000
    }
  }
  for (const chat of chats) {
    if (chat.lastText() !== chat.said) throw new Error('The thread is not what was said.')
    await chat.close()
  }
  return Object.fromEntries(chats.map(({ length, spent }) => [length, spent]))
}

async function say(chat, words) {
  for (let count = 0; count < words; count++) {
    // Words of one length, so that every turn draws the same.
    const word = `${1000 + count} `
    chat.said += word
    await Promise.all([chat.drawn(), chat.reply.token(word)])
  }
}

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0)

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
