import type { Message } from '../../protocol/index.ts'
import { activity } from '../events.ts'
import { fill, fillAll } from './blanks.ts'
import type { Blanks } from './blanks.ts'
import { pickFile } from './files.ts'
import type { SeedFile } from './files.ts'
import type { Random } from './random.ts'
import { SUBJECTS } from './words/all.ts'
import { AGAIN, BY_HAND, GOODBYES, GREETING, NOTES, THANKS, WAITING } from './words/endings.ts'
import type { Foreign } from './words/languages.ts'
import type { Hostile } from './words/hostile.ts'
import type { Exchange, Opening, Subject } from './words/words.ts'
import type { Critic, Ending, Opinion } from './votes.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

const MORE = Object.values(SUBJECTS).flatMap(({ more }) => more)

/** Something that happens in a conversation, some milliseconds after what came before. */
export interface Moment {
  wait: number
  says?: readonly Message[]
  /** Whether a model said it, so that it costs tokens. */
  isReply?: boolean
  /** A vote on the newest reply, or on the conversation. */
  vote?: Opinion & { on: 'message' | 'conversation' }
  file?: SeedFile
}

export interface Talk {
  title: string
  moments: Moment[]
  ending: Ending
}

/** What a talk is made of. */
export interface Cast {
  random: Random
  blanks: Blanks
  critic: Critic
}

/** A talk about a subject, as long as `turns` questions. */
export function subjectTalk(cast: Cast, subject: Subject, turns: number): Talk {
  const { random, blanks } = cast
  const opening = random.pick(subject.openings)
  const talk: Talk = { title: fill(random.pick(opening.title), blanks), moments: [], ending: 'answered' }
  const asked = questions(random, subject, opening)
  for (let turn = 0; turn < turns; turn += 1) {
    const exchange = asked()
    ask(cast, talk, random.pick(exchange.ask))
    answer(cast, talk, exchange)
    if (turn === 0 && random.chance(0.09)) sendFile(cast, talk, subject)
    // What is older is summed up for the model now and then.
    if (turn % 30 === 29) talk.moments.push({ wait: SECOND, says: [summary(cast, turn + 1)] })
  }
  end(cast, talk, asked())
  return talk
}

/** Only one message: a question nobody answers, or a greeting that nobody answers. */
export function loneTalk(cast: Cast, subject: Subject): Talk {
  const { random, blanks } = cast
  const opening = random.pick(subject.openings)
  const talk: Talk = { title: fill(random.pick(opening.title), blanks), moments: [], ending: 'unanswered' }
  if (random.chance(0.6)) ask(cast, talk, random.pick(opening.ask))
  else {
    talk.moments.push({ wait: SECOND, says: [{ type: 'bot', text: GREETING }] })
    talk.ending = 'answered'
  }
  return talk
}

/** A talk in another language. */
export function foreignTalk(cast: Cast, { title, turns }: Foreign): Talk {
  const { random, blanks } = cast
  const talk: Talk = { title: fill(title, blanks), moments: [], ending: 'answered' }
  // Some leave in the middle.
  const length = random.chance(0.3) ? random.between(1, turns.length) : turns.length
  for (const [index, text] of turns.slice(0, length).entries()) {
    if (index % 2 === 0) ask(cast, talk, text)
    else reply(cast, talk, [], text)
  }
  if (length % 2 === 1) talk.ending = 'unanswered'
  return talk
}

/** Somebody tries what can be done with a text. */
export function hostileTalk(cast: Cast, { title, says, answer: text }: Hostile): Talk {
  const talk: Talk = { title, moments: [], ending: 'answered' }
  ask(cast, talk, says)
  reply(cast, talk, [], text)
  talk.moments.push({ wait: 20 * SECOND, vote: { on: 'message', value: -100, reason: says.slice(0, 300) } })
  return talk
}

/** What is asked one after the other: the opening, the subject's questions, then those of other subjects, again and again. */
function questions(random: Random, subject: Subject, opening: Opening): () => Exchange {
  let left: Exchange[] = []
  let drawn = 0
  return () => {
    drawn += 1
    if (drawn === 1) return opening
    if (left.length === 0) left = drawn === 2 ? [...subject.more] : MORE.filter((each) => !subject.more.includes(each))
    return left.splice(random.below(left.length), 1)[0] ?? opening
  }
}

function ask({ random, blanks }: Cast, talk: Talk, text: string): void {
  const later = talk.moments.length > 0 && random.chance(0.05)
  const wait = later ? random.between(HOUR, 20 * HOUR) : random.between(12 * SECOND, 5 * MINUTE)
  const first = talk.moments.length === 0
  talk.moments.push({ wait: first ? random.below(900) : wait, says: [{ type: 'user', text: fill(text, blanks) }] })
}

/** Thinks, looks things up, answers. */
function answer(cast: Cast, talk: Talk, { answer: texts, tool, thought }: Exchange): void {
  const { random, blanks } = cast
  const before: Message[] = []
  if (thought !== undefined && random.chance(0.75)) before.push({ type: 'reasoning', text: fill(thought, blanks) })
  if (tool !== undefined && random.chance(0.7)) {
    const called = { name: tool.name, arguments: fillAll(tool.arguments, blanks) }
    const works = random.chance(0.95)
    const result = works ? JSON.stringify(fillAll(tool.result, blanks)) : { error: 'Nobody answered in time' }
    before.push(activity('request', called), activity('response', { ...called, result }))
    if (!works)
      return reply(cast, talk, before, 'I cannot look that up at the moment. Please try again in a few minutes.')
  }
  reply(cast, talk, before, random.pick(texts))
}

/** Says something that somebody may vote on. */
function reply(cast: Cast, talk: Talk, before: readonly Message[], text: string): void {
  const { random, critic } = cast
  const said = speak(cast, talk, before, text)
  const opinion = critic.onReply(said)
  if (opinion) talk.moments.push({ wait: random.between(4 * SECOND, 50 * SECOND), vote: { on: 'message', ...opinion } })
}

function speak({ random, blanks }: Cast, talk: Talk, before: readonly Message[], text: string): string {
  const bot: Message = { type: 'bot', text: fill(text, blanks) }
  talk.moments.push({ wait: random.between(2 * SECOND, 25 * SECOND), says: [...before, bot], isReply: true })
  return bot.text
}

function sendFile(cast: Cast, talk: Talk, subject: Subject): void {
  const file = pickFile(cast.random, subject.topic)
  if (file === undefined) return
  talk.moments.push({ wait: cast.random.between(MINUTE, 6 * MINUTE), file })
  ask(cast, talk, file.comment)
  reply(cast, talk, [], 'Thank you, I have it: **{file}**. I have added it to {ticket}.'.replace('{file}', file.name))
}

function end(cast: Cast, talk: Talk, next: Exchange): void {
  const { random, blanks, critic } = cast
  switch (random.weighted({ thanks: 44, silence: 36, unanswered: 11, failed: 4, byHand: 5 })) {
    case 'thanks':
      ask(cast, talk, random.pick(THANKS))
      if (random.chance(0.94)) speak(cast, talk, [], random.pick(GOODBYES))
      else talk.ending = 'unanswered'
      break
    case 'silence':
      break
    case 'unanswered':
      ask(cast, talk, random.chance(0.5) ? random.pick(WAITING) : random.pick(next.ask))
      if (random.chance(0.2)) ask(cast, talk, random.pick(WAITING))
      talk.ending = 'unanswered'
      break
    case 'failed':
      fail(cast, talk, next)
      break
    case 'byHand':
      ask(cast, talk, random.pick(WAITING))
      talk.moments.push({ wait: random.between(MINUTE, 3 * HOUR), says: [context(fill(random.pick(NOTES), blanks))] })
      talk.moments.push({
        wait: random.between(MINUTE, 20 * MINUTE),
        says: [{ type: 'bot', text: fill(random.pick(BY_HAND), blanks), meta: { author: blanks['agent'] ?? '' } }],
      })
      talk.ending = 'by-hand'
  }
  const opinion = critic.onTalk(talk.ending)
  if (!opinion) return
  talk.moments.push({ wait: random.between(10 * SECOND, 10 * MINUTE), vote: { on: 'conversation', ...opinion } })
  // Some think of it again, when the server counts a second vote.
  if (random.chance(0.06)) {
    const again = { on: 'conversation' as const, value: -opinion.value, reason: 'Changed my mind' }
    talk.moments.push({ wait: random.between(HOUR + MINUTE, 5 * HOUR), vote: again })
  }
}

/** The model breaks off, before or in the middle of its answer. */
function fail(cast: Cast, talk: Talk, next: Exchange): void {
  const { random, blanks, critic } = cast
  ask(cast, talk, random.pick(next.ask))
  const whole = fill(random.pick(next.answer), blanks)
  talk.ending = 'failed'
  if (random.chance(0.3)) return
  const text = whole.slice(0, random.between(8, Math.max(9, Math.floor(whole.length * 0.6))))
  talk.moments.push({ wait: random.between(2 * SECOND, 40 * SECOND), says: [{ type: 'bot', text }], isReply: true })
  const opinion = critic.onCut()
  if (opinion) talk.moments.push({ wait: random.between(4 * SECOND, MINUTE), vote: { on: 'message', ...opinion } })
  if (random.chance(0.4)) ask(cast, talk, random.pick(AGAIN))
}

function summary({ blanks }: Cast, questions: number): Message {
  const text = `The customer has asked ${questions} questions so far, most of them about order {order} and a {product}.`
  return { type: 'checkpoint', text: fill(text, blanks) }
}

export function context(text: string): Message {
  return { type: 'context', text }
}
