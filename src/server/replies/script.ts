import type { ConversationStreamEvent } from '../../protocol/index.ts'
import { ReplyError } from '../reply-error.ts'
import { piecesOf } from '../reply.ts'
import type { Reply, ReplyContext, ReplyFunction } from '../types.ts'

/** One line of a script: what is said, to which message. Without `to` it is said to any. */
export interface ScriptLine {
  /** A text that the message contains, whatever its case, or a pattern. */
  to?: string | RegExp
  say: Reply | ReplyFunction
}

/**
 * Replies for tests and stories. Lines with `to` answer the messages that match, the first one that does; the others answer
 * in turn, one a message, and the last of them every message after that.
 */
export function scriptedReply(lines: readonly (ScriptLine | string)[]): ReplyFunction {
  const script = lines.map((line) => (typeof line === 'string' ? { say: line } : line))
  const inTurn = script.filter((line) => line.to === undefined)
  return async (context) => {
    const matching = script.find((line) => line.to !== undefined && matches(line.to, context.text))
    // Counted by what is stored, so that a script knows its place after a reload.
    const turn = context.messages.filter(({ type }) => type === 'user').length - 1
    const line = matching ?? inTurn[Math.min(Math.max(turn, 0), inTurn.length - 1)]
    if (!line) throw new ReplyError('The script has no line for this message.', 'NOT_FOUND')
    return typeof line.say === 'function' ? line.say(context) : line.say
  }
}

/** A bit of everything that an answer in markdown may hold. */
export const MARKDOWN_SAMPLE = `## Two days in Porto

Begin at the **Ribeira**, *early*, before it is ~~crowded~~ lively. See [the map](https://example.com/porto).

1. Cross the bridge on foot.
2. Taste port in Gaia.

- [x] Shoes for hills
- [ ] Rain coat

| Day | Morning | Evening |
| --- | --- | ---: |
| 1 | Ribeira | Gaia |
| 2 | Foz | Fado |

> The light is best at seven.

\`\`\`ts
const days: string[] = ['Saturday', 'Sunday']
\`\`\`
`

/** Thinks aloud before it says something. */
export function thinkingReply(thought: string, then: Reply): ReplyFunction {
  return async function* (context: ReplyContext): AsyncGenerator<string | ConversationStreamEvent, void, undefined> {
    for (const token of thought.match(/\s*\S+/g) ?? []) {
      await context.sleep(0)
      yield { type: 'reasoningToken', data: { token } }
    }
    yield* piecesOf(then, context, 0)
  }
}

/** Calls a function and goes on when it was answered. The request has to declare the function. */
export function callingReply(name: string, args: unknown, then: Reply): ReplyFunction {
  return async function* (context: ReplyContext): AsyncGenerator<string | ConversationStreamEvent, void, undefined> {
    yield request(name, args)
    yield* piecesOf(then, context, 0)
  }
}

/** Says something and then fails, with a message a reader may see. */
export function failingReply(text: string, message: string, code?: string): ReplyFunction {
  return async function* (context: ReplyContext): AsyncGenerator<string | ConversationStreamEvent, void, undefined> {
    yield* piecesOf(text, context, 0)
    throw new ReplyError(message, code)
  }
}

function request(name: string, args: unknown): ConversationStreamEvent {
  const activity = { type: 'request', function: { name, arguments: args } }
  return { type: 'message', data: { type: 'activity', text: '', meta: { activity } } }
}

function matches(wanted: string | RegExp, text: string): boolean {
  return typeof wanted === 'string' ? text.toLowerCase().includes(wanted.toLowerCase()) : text.search(wanted) >= 0
}
