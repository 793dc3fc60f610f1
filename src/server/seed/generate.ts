import type { Meta } from '../../protocol/index.ts'
import { LOCAL_ACCOUNT } from '../auth.ts'
import { formatId } from '../ids.ts'
import type { ContactRecord, ConversationRecord, StorageRecords } from '../storage/storage.ts'
import { makeBlanks } from './blanks.ts'
import { makeContact } from './contacts.ts'
import { logLines } from './files.ts'
import { keep } from './keep.ts'
import { createRandom } from './random.ts'
import type { Random } from './random.ts'
import { context, foreignTalk, hostileTalk, loneTalk, subjectTalk } from './talk.ts'
import type { Cast, Talk } from './talk.ts'
import { beginnings } from './times.ts'
import { createCritic } from './votes.ts'
import { BOTS, SUBJECTS, TOPICS } from './words/all.ts'
import { FOREIGN } from './words/languages.ts'
import { HOSTILE } from './words/hostile.ts'
import type { Subject, Team } from './words/words.ts'

const DAY_MS = 24 * 3_600_000

/** Of so many conversations one is of the kind. By their number and not by chance, so that a few have all kinds. */
const EVERY = { foreign: 14, hostile: 163, long: 321, log: 239 }

const CHANNELS = { web: 57, app: 22, email: 12, whatsapp: 6, phone: 3 }
const PRIORITIES = { low: 20, normal: 63, high: 13, urgent: 4 }
const PLANS = { free: 70, plus: 30 }
const TASKS = ['task-win-back', 'task-onboarding', 'task-weekly-check']
/** Teams whose bots may look into the shop. */
const SHOPS: ReadonlySet<Team> = new Set(['orders', 'billing'])
/** Questions in a conversation, by how often there are so many. */
const TURNS = { 1: 22, 2: 25, 3: 19, 4: 12, 5: 7, 6: 5, 8: 4, 11: 3, 15: 2, 19: 1 }

export interface GenerateOptions {
  count: number
  /** Another number gives other conversations. @default 1 */
  seed?: number
  /** Epoch milliseconds. Everything happened in the 90 days before. */
  now: number
}

/**
 * Conversations as a support desk has them, with their people, messages, votes, files and usage, as the server would have
 * stored them. The same options give the same records, wherever they are asked for.
 */
export function generateConversations({ count, seed = 1, now }: GenerateOptions): Mutable<StorageRecords> {
  const all: Mutable<StorageRecords> = {
    contacts: [],
    conversations: [],
    messages: [],
    ratings: [],
    attachments: [],
    usage: [],
  }
  for (const [index, time] of beginnings(createRandom(seed), count, now).entries()) {
    // A stream of its own for each: what one says does not change the others.
    const random = createRandom(seed, index + 1)
    const { conversation, moments } = begin(random, { index, time, now }, all.contacts)
    const kept = keep(conversation, moments, now, random)
    conversation.updatedAt = kept.updatedAt
    all.conversations.push(conversation)
    all.messages.push(...kept.messages)
    all.ratings.push(...kept.ratings)
    all.attachments.push(...kept.attachments)
    all.usage.push(...kept.usage)
  }
  all.ratings.sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))
  all.attachments.sort((a, b) => a.record.createdAt - b.record.createdAt || (a.record.id < b.record.id ? -1 : 1))
  return all
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer I)[] ? I[] : T[K] }

interface Place {
  /** The how-manieth, from 0. */
  index: number
  time: number
  now: number
}

/** One conversation before anything was said, and what is going to happen in it. */
function begin(random: Random, { index, time, now }: Place, contacts: ContactRecord[]) {
  const nth = (every: number) => (index % every === every >> 1 ? Math.floor(index / every) : undefined)
  const hostile = at(HOSTILE, nth(EVERY.hostile))
  const foreign = hostile ? undefined : at(FOREIGN, nth(EVERY.foreign))
  const subject = SUBJECTS[foreign?.topic ?? random.weighted(TOPICS)]
  const bot = random.weighted(subject.bots)
  const model = random.weighted(BOTS[bot].models)
  const contact = meet(random, time, contacts, hostile?.who)
  const name = contact?.name ?? ''
  const blanks = makeBlanks(random, time, { name, email: contact?.email ?? 'you@mail.example' })
  const cast: Cast = { random, blanks, critic: createCritic(random, bot, model) }

  const talk = hostile ? hostileTalk(cast, hostile) : foreign ? foreignTalk(cast, foreign) : ownTalk(cast, subject, nth)
  // Who comes with a contact is either known from the beginning, or gives a name in the form of the page.
  const moments = [...talk.moments]
  if (contact && !hostile && random.chance(0.25))
    moments.splice(1, 0, { wait: 900, says: [context(`The user is the contact ${contact.name ?? contact.email}.`)] })

  // Now and then one is told itself what to be, and has no bot.
  const ownBackstory = random.chance(0.03)
  const named = random.chance(0.93) || hostile !== undefined
  const conversation: ConversationRecord = {
    id: formatId(time, 0, random.text(12)),
    owner: LOCAL_ACCOUNT,
    name: named ? talk.title : null,
    description: random.chance(0.15) ? describe(talk, subject) : null,
    contactId: contact?.id ?? null,
    taskId: random.chance(0.1) ? random.pick(TASKS) : null,
    spaceId: null,
    botId: ownBackstory ? null : bot,
    datasetId: ownBackstory ? null : subject.dataset,
    skillsetId: ownBackstory || !SHOPS.has(subject.team) ? null : 'skillset-shop',
    backstory: ownBackstory ? BOTS[bot].backstory : null,
    model,
    privacy: random.chance(0.05),
    moderation: random.chance(0.5),
    expiresAt: null,
    meta: random.chance(0.97)
      ? describeMeta(random, { subject, talk, contact, language: foreign?.language ?? 'en', order: blanks['order'] })
      : null,
    createdAt: time,
    updatedAt: time,
  }
  if (conversation.meta && talk.ending === 'answered' && now - time < 2 * DAY_MS && random.chance(0.5))
    conversation.meta['status'] = 'open'
  return { conversation, moments }
}

function ownTalk(cast: Cast, subject: Subject, nth: (every: number) => number | undefined): Talk {
  const { random } = cast
  if (nth(EVERY.long) !== undefined) return subjectTalk(cast, subject, random.between(55, 110))
  if (nth(EVERY.log) !== undefined) {
    const talk = subjectTalk(cast, SUBJECTS.bugs, 2)
    const first = talk.moments[0]?.says?.[0]
    if (first) first.text += `\n\n\`\`\`\n${logLines(random, random.between(150, 300))}\`\`\``
    return talk
  }
  if (random.chance(0.04)) return loneTalk(cast, subject)
  return subjectTalk(cast, subject, Number(random.weighted(TURNS)))
}

/** Somebody new, somebody who was here before, or nobody who is known. */
function meet(random: Random, time: number, contacts: ContactRecord[], name?: string): ContactRecord | undefined {
  if (name === undefined && random.chance(0.17)) return undefined
  // The product of two chances: some come again and again, most once or twice.
  const earlier = contacts[Math.floor(random.next() * random.next() * contacts.length)]
  if (name === undefined && earlier && random.chance(0.5)) return earlier
  const contact = makeContact(random, time, name)
  contacts.push(contact)
  return contact
}

function describe({ ending }: Talk, { topic }: Subject): string {
  const said = {
    answered: 'Answered.',
    unanswered: 'Waits for us.',
    failed: 'The answer broke off.',
    'by-hand': 'Taken over.',
  }
  return `About ${topic.replace('-', ' ')}. ${said[ending]}`
}

interface About {
  subject: Subject
  talk: Talk
  contact: ContactRecord | undefined
  language: string
  order: string | undefined
}

function describeMeta(random: Random, { subject, talk, contact, language, order }: About): Meta {
  const { topic, team, tags } = subject
  const waits = talk.ending === 'unanswered' || talk.ending === 'failed'
  const country: unknown = contact?.meta?.['country']
  return {
    team,
    topic,
    channel: random.weighted(CHANNELS),
    plan: contact?.meta?.['plan'] ?? random.weighted(PLANS),
    priority: random.weighted(waits ? { ...PRIORITIES, high: 40, urgent: 15 } : PRIORITIES),
    language,
    status: waits ? 'open' : random.weighted({ resolved: 78, waiting: 14, open: 8 }),
    endReason: talk.ending === 'failed' ? 'error' : random.weighted({ stop: 95, length: 3, abort: 2 }),
    ...(contact?.meta?.['vip'] === true ? { vip: true } : {}),
    ...(country === undefined ? {} : { customer: { country } }),
    ...(team === 'orders' ? { order } : {}),
    ...(random.chance(0.3) ? { tags: [random.pick(tags)] } : {}),
  }
}

/** The list again and again. */
function at<T>(list: readonly T[], index: number | undefined): T | undefined {
  return index === undefined ? undefined : list[index % list.length]
}
