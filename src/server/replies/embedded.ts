import type { ConversationStreamEvent } from '../../protocol/index.ts'
import type { ReplyContext } from '../types.ts'
import { composeAnswer, nameOf, scoreOf } from './answer.ts'
import { GUIDE } from './guide.ts'
import { createSearch } from './search.ts'
import type { Found } from './search.ts'
import { toSections } from './sections.ts'
import type { ReplyDocument, Section } from './sections.ts'
import { sayBack, smallTalkIn, topicList } from './small-talk.ts'
import { toTerms, toWords } from './words.ts'

export type { ReplyDocument } from './sections.ts'

/** As fast as a practised reader follows. */
const PACE_MS = 30
/** Characters by which a section is recognised in an answer. */
const RECOGNISED_BY = 80
/** Each pause is this much shorter or longer, so that it does not look like a machine gun. */
const JITTER = 0.5

const DOUBT = 'I am not sure that this is what you ask for; it is the nearest I have:\n\n'

export interface EmbeddedReplyOptions {
  /** What it answers from, markdown or plain. @default the guide to this project */
  documents?: readonly ReplyDocument[]
  /** Milliseconds between two words; 0 says everything at once. @default 30 */
  pace?: number
}

/**
 * Answers from documents by full-text search, without a model: forgives typing errors, streams markdown, names its sources,
 * understands a follow-up by the question before it, and says so when the documents do not have the answer.
 */
export function embeddedReply({ documents = GUIDE, pace = PACE_MS }: EmbeddedReplyOptions = {}): (
  context: ReplyContext,
) => AsyncIterable<string | ConversationStreamEvent> {
  const sections = toSections(documents)
  const search = createSearch(sections)
  const topics = [...new Set(sections.map(({ title }) => title))]

  return async function* reply(context) {
    const question = readQuestion(context)
    const smallTalk = smallTalkIn(context.text, question.own.length > 0)
    // Nothing to look for, now or before: then it can only be about us.
    if (smallTalk || question.tries.length === 0) {
      yield* paced(sayBack(smallTalk ?? 'abilities', topics), context, pace)
      return
    }
    const found = await findAnswer(question)
    const looked = question.words.map((word) => `“${word}”`).join(', ')
    const outcome = found.sections[0]
      ? `The best of ${found.sections.length} is “${nameOf(found.sections[0])}”.`
      : 'Nothing answers it.'
    for await (const piece of paced(`Searching ${sections.length} sections for ${looked}. ${outcome}`, context, pace)) {
      yield { type: 'reasoningToken', data: { token: piece } }
    }
    const answer = composeAnswer(found.sections, found.terms)
    const doubt = found.isSure ? '' : DOUBT
    yield* paced(answer ? `${doubt}${answer}` : admit(topics), context, pace)
  }

  async function findAnswer({ tries, own, told }: Question): Promise<Found> {
    for (const terms of tries) {
      const found = await search(terms, own)
      if (found.sections.length === 0) continue
      const isTold = ({ text }: Section) => told.includes(text.slice(0, RECOGNISED_BY))
      // "Tell me more" wants what was not said yet.
      const fresh = own.length > 0 ? [] : found.sections.filter((section) => !isTold(section))
      if (fresh.length > 0) return { ...found, sections: fresh }
      // A follow-up wants what has its own words; the earlier ones only say which of these.
      const has = (section: Section) => scoreOf(`${section.heading}\n${section.text}`, own)
      if (terms.length === own.length) return found
      const order = (a: Section, b: Section) => has(b) - has(a) || Number(isTold(a)) - Number(isTold(b))
      return { ...found, sections: found.sections.toSorted(order) }
    }
    return { sections: [], terms: own, isSure: false }
  }
}

interface Question {
  /** What to look for, and if that finds nothing, what then: a follow-up first together with what it follows. */
  tries: string[][]
  /** What the newest message says itself. */
  own: string[]
  /** What is looked for, for people to read. */
  words: string[]
  /** The answer before. */
  told: string
}

/** Beginnings and words that lean on what was said before. */
const FOLLOW_UP =
  /^(?:and|but|so|or|also|what about|how about|what if|why|more|in|with|for|on|without)\b|\b(?:it|its|that|this|they|them|those|these)\b/i
/** Words of a question that are looked up and said back. What has more is pasted, and its beginning says what it is. */
const MAX_TERMS = 100
const MAX_SHOWN_WORDS = 20
const MAX_SHOWN_LENGTH = 40
/** A question with more words than these stands by itself. */
const MAX_FOLLOW_UP_TERMS = 3

function leans(text: string): boolean {
  const { length } = toTerms(text)
  return length === 0 || (length <= MAX_FOLLOW_UP_TERMS && FOLLOW_UP.test(text.trim()))
}

function readQuestion({ messages, text }: ReplyContext): Question {
  const asked = messages.filter(({ type }) => type === 'user').map((message) => message.text)
  const before = asked.slice(0, -1).filter((earlier) => toTerms(earlier).length > 0)
  // Back to the question that stands by itself; a chain of follow-ups leans on its beginning.
  const chain = before
    .slice(
      Math.max(
        before.findLastIndex((earlier) => !leans(earlier)),
        0,
      ),
    )
    .toReversed()
  const earlier = leans(text) ? chain : []
  const tries = [[text, ...earlier], [text, ...earlier.slice(0, 1)], [text]]
  return {
    tries: tries.map((texts) => termsOf(texts.join('\n'))).filter((terms) => terms.length > 0),
    own: termsOf(text),
    words: [...new Set([text, ...earlier].flatMap(toWords))].slice(0, MAX_SHOWN_WORDS).map(shorten),
    told: messages.findLast(({ type }) => type === 'bot')?.text ?? '',
  }
}

function termsOf(text: string): string[] {
  return toTerms(text).slice(0, MAX_TERMS)
}

function shorten(word: string): string {
  return word.length > MAX_SHOWN_LENGTH ? `${word.slice(0, MAX_SHOWN_LENGTH)}…` : word
}

function admit(topics: readonly string[]): string {
  return `I do not know: my documents do not answer that. They are about:\n\n${topicList(topics)}\n\nTry other words, or ask about one of these.`
}

/** A text word by word, at the pace of a person. Nothing is lost or added. */
async function* paced(text: string, context: ReplyContext, pace: number): AsyncGenerator<string, void, undefined> {
  for (const piece of text.match(/\s*\S+|\s+$/g) ?? []) {
    if (pace > 0) await context.sleep(pace * (1 + JITTER * (Math.random() * 2 - 1)))
    context.signal.throwIfAborted()
    yield piece
  }
}
