import type { ConversationInstance } from '../../protocol/index.ts'
import { comparerOf } from './compare.ts'
import { spanOf } from './days.ts'
import { asRecord, cleanView } from './view.ts'
import type { ConversationFacts, ConversationView, FactsOf, Matcher } from './view.ts'

/** When a conversation was last changed, in milliseconds since 1970. */
const changedAt = ({ updatedAt, createdAt }: ConversationInstance): number => updatedAt ?? createdAt

/** The name of a model without its settings: of `name/temperature=0.2` the `name`. */
export function modelName(model: string): string {
  const parts = model.split('/')
  const settings = parts.findIndex((part) => part.includes('='))
  return settings > 0 ? parts.slice(0, settings).join('/') : model
}

/**
 * Whether a conversation belongs to a view. `search` is not asked here, and `now` is what days ago are counted from.
 *
 * Of what is not known nothing is guessed: who spoke last in a conversation whose messages were not seen is neither the user nor the
 * bot, so it is in neither of the two. One of which no vote is known has none: votes that were not seen cannot be told from none.
 */
export function matcherOf(view: ConversationView, now: Date = new Date()): Matcher {
  const { meta = {}, botId, contactId, taskId, model, from, to, votes, lastSpeaker } = cleanView(view)
  const first = spanOf(from ?? '', now)?.start ?? -Infinity
  const last = spanOf(to ?? '', now)?.end ?? Infinity
  const wanted = Object.entries(meta)
  return (conversation, facts) => {
    const changed = changedAt(conversation)
    return (
      (botId === undefined || conversation.botId === botId) &&
      (contactId === undefined || conversation.contactId === contactId) &&
      (taskId === undefined || conversation.taskId === taskId) &&
      (model === undefined || isModel(conversation.model, model)) &&
      changed >= first &&
      changed <= last &&
      (lastSpeaker === undefined || facts?.lastSpeaker === lastSpeaker) &&
      (votes === undefined || hasVotes(votes, facts)) &&
      wanted.every(([path, value]) => hasMeta(conversation.meta, path, value))
    )
  }
}

const isModel = (model: string | undefined, wanted: string) =>
  model !== undefined && (model === wanted || modelName(model) === wanted)

function hasVotes(wanted: NonNullable<ConversationView['votes']>, facts?: ConversationFacts): boolean {
  const { up, down } = facts ?? { up: 0, down: 0 }
  switch (wanted) {
    case 'up':
      return up > 0
    case 'down':
      return down > 0
    case 'any':
      return up + down > 0
    default:
      return up + down === 0
  }
}

/** As the API reads it: by a path, and what was written as a number is found by its digits. */
function hasMeta(meta: unknown, path: string, wanted: string): boolean {
  const is = (value: unknown) =>
    value === wanted || ((typeof value === 'number' || typeof value === 'boolean') && String(value) === wanted)
  if (is(own(meta, path))) return true
  let value = meta
  for (const step of path.split('.')) value = own(value, step)
  return is(value)
}

const own = (value: unknown, key: string): unknown => {
  const record = asRecord(value)
  return Object.hasOwn(record, key) ? record[key] : undefined
}

export type Sorter = (
  conversations: readonly ConversationInstance[],
  factsOf?: FactsOf,
) => readonly ConversationInstance[]

/**
 * Puts conversations into the order of a view. `created` is the order in which the API gives them, and leaves them as they are; the
 * others sort what is loaded. What is equal stays in the order it was in. `locale`: whose alphabet names go by.
 */
export function sorterOf(view: ConversationView, locale?: string): Sorter {
  return (conversations, factsOf) => {
    const compare = comparerOf(view, factsOf, locale)
    return compare ? conversations.toSorted(compare) : conversations
  }
}
