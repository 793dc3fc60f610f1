import type { ConversationServer, ConversationServerOptions } from 'conversation-kit/server'
import { ConversationClient } from 'conversation-kit/transport'

const DAY_MS = 86_400_000

const bots = [
  { botId: 'bot-support', model: 'gpt-5.4', good: 0.91 },
  { botId: 'bot-sales', model: 'gpt-5.4-mini', good: 0.72 },
  { botId: 'bot-trial', model: 'gpt-5.4-nano/temperature=1', good: 1 },
]
const reasons = ['Wrong', 'Too long', 'wrong', 'Not what I asked', 'Wrong ', 'Answers in the wrong language', '', '']
const names = [
  'Where is my order?',
  'Refund for the second bag',
  'Change of address',
  'Invoice of March',
  'Opening hours',
]

export const botNames = { 'bot-support': 'Support', 'bot-sales': 'Sales assistant', 'bot-trial': 'Trial' }

const PEOPLE = 12
const TALKS = 120

let clock: number | undefined

/** Conversations of some people with three bots; who calls `castVotes` lets them vote. */
export const voted: ConversationServerOptions = {
  now: () => clock ?? Date.now(),
  conversations: Array.from({ length: TALKS }, (_, index) => {
    const bot = botOf(index)
    return {
      id: `talk-${index}`,
      name: names[index % names.length],
      botId: bot.botId,
      model: bot.model,
      messages: [
        { id: `talk-${index}-q`, type: 'user' as const, text: 'A question' },
        { id: `talk-${index}-a`, type: 'bot' as const, text: 'An answer' },
      ],
    }
  }),
}

function botOf(index: number) {
  return index % 40 === 7 ? bots[2]! : bots[index % 5 === 0 || index % 5 === 3 ? 1 : 0]!
}

/** The same numbers each time. */
function dice(seed: number) {
  let state = seed
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
}

/** Votes of the last eleven weeks, through the API as people cast them. */
export async function castVotes(server: ConversationServer): Promise<void> {
  const client = new ConversationClient({
    baseUrl: 'http://server.example',
    fetch: (input, init) => server.fetch(new Request(input, init)),
    retries: 0,
  })
  const roll = dice(20)
  const today = Date.now()
  const people: string[] = []
  for (let index = 0; index < PEOPLE; index += 1) {
    people.push((await client.contact.ensure({ fingerprint: `a-person-of-this-story-${index}` })).id)
  }
  for (let index = 0; index < TALKS; index += 1) {
    const id = `talk-${index}`
    await client.update(id, { contactId: people[index % PEOPLE]! })
    // More of them lately, and fewer at the end of a week.
    clock = today - Math.floor(77 * DAY_MS * roll() ** 1.6) - 3_600_000
    const good = bots.find(({ botId }) => botId === botOf(index).botId)!.good
    if (roll() < good) await client.message.upvote(id, `${id}-a`, {})
    else await client.message.downvote(id, `${id}-a`, { reason: reasons[Math.floor(roll() * reasons.length)] })
  }
  clock = undefined
}
