import type { Random } from './random.ts'
import { BOTS } from './words/all.ts'
import { COMPLAINTS, PRAISE } from './words/endings.ts'
import type { Bot } from './words/words.ts'

/** How a conversation ended. */
export type Ending = 'answered' | 'unanswered' | 'failed' | 'by-hand'

/** What somebody thinks of an answer. */
export interface Opinion {
  value: number
  reason: string | null
}

/** Whoever reads the answers, and sometimes votes. */
export interface Critic {
  onReply(text: string): Opinion | undefined
  /** Of an answer that broke off. */
  onCut(): Opinion | undefined
  onTalk(ending: Ending): Opinion | undefined
}

/** Points of a hundred that a model is liked more or less. */
const MODELS: Readonly<Record<string, number>> = { 'gpt-4o': 6, 'mistral-large': -10, 'llama-3.3-70b': -6 }
/** An answer that is shorter seems curt. */
const CURT = 60
const CURT_POINTS = 30
/** Of a hundred that end in another way than with an answer, so many fewer are liked. */
const UNHAPPY_POINTS = 45

/** What is disliked about whom. */
const REASONS: Readonly<Record<Bot, Readonly<Record<keyof typeof COMPLAINTS, number>>>> = {
  'bot-support': { none: 8, wrong: 2, offTopic: 3, vague: 5, tooLong: 1, outdated: 1, rude: 1, brokeOff: 0 },
  'bot-orders': { none: 8, wrong: 4, offTopic: 2, vague: 2, tooLong: 1, outdated: 2, rude: 0, brokeOff: 0 },
  'bot-billing': { none: 9, wrong: 6, offTopic: 8, vague: 4, tooLong: 1, outdated: 1, rude: 4, brokeOff: 0 },
  'bot-technical': { none: 8, wrong: 2, offTopic: 1, vague: 3, tooLong: 6, outdated: 5, rude: 0, brokeOff: 0 },
  'bot-sales': { none: 6, wrong: 1, offTopic: 1, vague: 2, tooLong: 2, outdated: 2, rude: 0, brokeOff: 0 },
}

export function createCritic(random: Random, bot: Bot, model: string): Critic {
  const { likes, votes } = BOTS[bot]
  const base = likes + (MODELS[model] ?? 0)
  const strength = () => random.pick([100, 100, 100, 100, 100, 100, 75, 50, 25])

  function opinion(points: number): Opinion {
    if (random.below(100) < points) return { value: strength(), reason: random.pick(PRAISE) }
    const group: readonly (string | null)[] = COMPLAINTS[random.weighted(REASONS[bot])]
    return { value: -strength(), reason: random.pick(group) }
  }
  return {
    onReply: (text) => (random.below(100) < votes ? opinion(base - (text.length < CURT ? CURT_POINTS : 0)) : undefined),
    onCut: () =>
      random.chance(0.3) ? { value: -strength(), reason: random.pick<string>(COMPLAINTS.brokeOff) } : undefined,
    onTalk: (ending) =>
      random.chance(0.07) ? opinion(base - (ending === 'answered' ? 0 : UNHAPPY_POINTS)) : undefined,
  }
}
