import '../../src/styles/index.css'
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import { ChatWindow, ConversationProvider } from 'conversation-kit'
import { createConversationQueries } from 'conversation-kit/queries'
import { ConversationClient } from 'conversation-kit/transport'
import { createTestQueryClient, createTestServer } from 'conversation-kit/testing'
import { afterEach, expect, test } from 'vitest'

afterEach(cleanup)

/** So many chats stand on the page at once, and are laid out anew so many times. */
const CHATS = 8
const ROUNDS = 25
/** A reply goes on for so many rounds. */
const TURN = 5
/** Messages that are read at once. Half of the chats begin with one page, the others with more than a hundred messages. */
const PAGE = 8
const pagesOf = (chat: number) => (chat % 2 ? 13 : 1)
/** Change it to meet other layouts. */
const SEED = 1

/** Whole numbers, the same ones for the same seed. */
function dice(seed: number) {
  let state = Math.imul(seed + 1, 2654435761)
  return (from: number, to: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return from + Math.floor((state / 2 ** 32) * (to - from + 1))
  }
}
type Dice = ReturnType<typeof dice>

/** A block that is coloured once it is closed. */
const CODE = '\n\n```js\nconst warm = true\n```\n\n'

const WORDS = 'bread rises when it is warm and is flat when it is cold خبز طازج so wait a while'.split(' ')
const words = (roll: Dice, count: number) =>
  Array.from({ length: count }, () => WORDS[roll(0, WORDS.length - 1)]).join(' ')
function answer(roll: Dice): string {
  const blocks = Array.from({ length: roll(1, 3) }, () => {
    const text = words(roll, roll(1, 30))
    return [text, `- ${text}\n- ${text}`, `### ${words(roll, 4)}\n\n${text}`, CODE][roll(0, 3)]
  })
  return blocks.join('\n\n')
}
const thread = (roll: Dice, id: string, count: number) => ({
  id,
  messages: Array.from({ length: count }, (_, index) => ({
    id: `${id}-${index}`,
    type: index % 2 ? ('bot' as const) : ('user' as const),
    text: index % 2 ? answer(roll) : words(roll, roll(1, 30)),
  })),
})

/** When what has changed was laid out, put right and painted: observers of sizes have had their turn, which a frame's own callback comes before. */
const painted = () =>
  new Promise<void>((done) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => done()
      port2.postMessage(0)
    })
  })

/** The first block of text that begins in view, as a reader's eye holds on to it; where none does, the one that fills the view. */
function readIn(log: HTMLElement): Element {
  const view = log.getBoundingClientRect()
  const blocks = [...log.querySelectorAll('.ck-message :is(p, li, pre, h3)')]
  const begins = blocks.find((block) => block.getBoundingClientRect().top >= view.top)
  if (begins && begins.getBoundingClientRect().top < view.bottom) return begins
  return blocks.findLast((block) => block.getBoundingClientRect().top < view.top)!
}

/** The last message on the page of which nothing is in view any more. */
function messageAbove(log: HTMLElement): HTMLElement | undefined {
  const edge = log.getBoundingClientRect().top
  return [...log.querySelectorAll<HTMLElement>('.ck-bubble')].findLast(
    (bubble) => bubble.getBoundingClientRect().bottom < edge,
  )
}

/** Chats beside each other, whose older messages come when they are let go. */
async function setUp(roll: Dice) {
  const ids = Array.from({ length: CHATS }, (_, chat) => `c${chat}`)
  const conversations = ids.map((id, chat) => thread(roll, id, (pagesOf(chat) + 7) * PAGE))
  // With the clock of the page, or what was said would change its day when it is stored.
  const server = createTestServer({ conversations, now: Date.now })
  const queryClient = createTestQueryClient()
  const held: (() => void)[] = []
  let holds = false
  const client = new ConversationClient({
    baseUrl: 'http://conversation-kit.test',
    retries: 0,
    fetch: async (input, init) => {
      const request = new Request(input, init)
      const url = new URL(request.url)
      if (url.searchParams.get('order') !== 'desc') return server.fetch(request)
      url.searchParams.set('take', String(PAGE))
      if (holds) await new Promise<void>((go) => held.push(go))
      return server.fetch(new Request(url, request))
    },
  })
  const { messages } = createConversationQueries(client)
  for (const [chat, id] of ids.entries())
    await queryClient.prefetchInfiniteQuery({ ...messages(id, { take: PAGE }), pages: pagesOf(chat) })
  holds = true
  /** A page of less than a hundred counts as the last one; ours are short, and there is more. */
  const more = () => {
    for (const id of ids) {
      queryClient.setQueryData(messages(id).queryKey, (data) => {
        const last = data?.pages.at(-1)
        return (
          data && last && { ...data, pages: [...data.pages.slice(0, -1), { ...last, cursor: last.items.at(-1)?.id }] }
        )
      })
    }
  }
  const letGo = async () => {
    const count = held.length
    for (const go of held.splice(0)) go()
    while (queryClient.isFetching() > 0) await painted()
    return count
  }
  render(
    <ConversationProvider client={client} queryClient={queryClient}>
      {ids.map((id, chat) => (
        // No chat is laid out for what happens in another.
        <div key={id} data-testid="chat" dir={chat % 2 ? 'rtl' : 'ltr'} style={{ contain: 'strict', blockSize: 400 }}>
          <ChatWindow conversationId={id} />
        </div>
      ))}
    </ConversationProvider>,
  )
  const chats = screen.getAllByTestId('chat').map((box) => ({
    box,
    log: within(box).getByRole('log'),
    field: within(box).getByRole('textbox'),
    /** Not there while a reply comes, which can be stopped in its place. */
    send: () => box.querySelector('.ck-send'),
  }))
  return { server, chats, more, letGo }
}

test('what is read does not move in 200 layouts, whatever happens above and below', { timeout: 240_000 }, async () => {
  const roll = dice(SEED)
  const { server, chats, more, letGo } = await setUp(roll)
  const moved: string[] = []
  const seen: Record<string, number> = {}
  let replies: ReturnType<typeof server.holdReply>[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const { box } of chats) {
      box.style.inlineSize = `${roll(280, 760)}px`
      box.style.blockSize = `${roll(300, 600)}px`
    }
    if (round % TURN === 0) {
      for (const { field, send } of chats) {
        const reply = server.holdReply()
        replies.push(reply)
        fireEvent.change(field, { target: { value: words(roll, roll(1, 20)) } })
        fireEvent.click(send()!)
        await reply.token(`${answer(roll)}\n\n`)
      }
    }
    // Until the first word is there, an indicator has its place.
    while (document.querySelector('.ck-messages > article')) await painted()
    more()
    await painted()
    for (const { log } of chats) {
      const last = log.scrollHeight - log.clientHeight - 100
      // Near the top what is older is asked for.
      log.scrollTop = roll(0, 3) ? roll(Math.min(last, log.clientHeight), last) : roll(60, log.clientHeight)
    }
    await painted()
    // Where rows turn out to be shorter than they were guessed, that may be the end, which is followed.
    const atEnd = () => chats.filter(({ log }) => log.scrollHeight - log.clientHeight - log.scrollTop < 50)
    while (atEnd().length > 0) {
      for (const { log } of atEnd()) log.scrollTop -= 100
      await painted()
    }
    const places = chats.map(({ log }) => {
      const read = readIn(log)
      return { read, top: read.getBoundingClientRect().top }
    })
    const look = async (what: string, count: number) => {
      await painted()
      seen[what] = (seen[what] ?? 0) + count
      for (const [chat, place] of places.entries()) {
        const shift = place.read.isConnected ? place.read.getBoundingClientRect().top - place.top : Infinity
        if (Math.abs(shift) > 1) moved.push(`${what}: ${shift} px, chat ${chat}, round ${round}, seed ${SEED}`)
        // What comes next is looked at from here.
        place.top += shift
      }
    }

    const images: HTMLImageElement[] = []
    for (const { log } of chats) {
      const above = messageAbove(log)
      const block = above?.querySelector<HTMLElement>('pre, p')
      if (block && roll(0, 1)) block.style.lineHeight = String(roll(1, 4))
      else if (above) images.push(above.appendChild(new Image()))
    }
    await look('a block above', chats.length - images.length)
    for (const image of images) {
      const size = `width="80" height="${roll(20, 400)}"`
      image.src = `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" ${size}/>`)}`
    }
    await Promise.all(images.map((image) => image.decode()))
    await look('an image above', images.length)
    for (const reply of replies) await reply.token(`${words(roll, roll(1, 60))}${['', ' ', '\n\n', CODE][roll(0, 3)]}`)
    await look('growth', chats.length)
    await look('an older page', await letGo())
    if (round % TURN === TURN - 1) {
      for (const reply of replies) await reply.end()
      replies = []
      while (chats.some(({ send }) => send() === null)) await painted()
      await look('the end of a stream', chats.length)
    }
  }
  expect(moved).toEqual([])
  expect(seen).toMatchObject({ growth: CHATS * ROUNDS, 'the end of a stream': (CHATS * ROUNDS) / TURN })
  expect(seen['an image above']).toBeGreaterThan(50)
  expect(seen['a block above']).toBeGreaterThan(50)
  expect(seen['an older page']).toBeGreaterThan(20)
  expect(document.querySelector('.ck-messages .ck-token')).toBeTruthy()
})
