/** A question and its answer, each said in one of several ways. `{name}` is a blank: see `blanks.ts`. */
export interface Exchange {
  ask: readonly string[]
  answer: readonly string[]
  /** What is looked up before the answer. */
  tool?: Tool
  /** What the bot thinks before it answers. */
  thought?: string
}

/** How a talk begins. */
export interface Opening extends Exchange {
  /** What the conversation is called. */
  title: readonly string[]
}

/** A function that is called, and what it gives back. Blanks are filled in both. */
export interface Tool {
  name: string
  arguments: Readonly<Record<string, string>>
  result: Readonly<Record<string, string | number | boolean>>
}

/** What people write about. */
export interface Subject {
  topic: Topic
  team: Team
  /** How often each bot is asked. */
  bots: Readonly<Partial<Record<Bot, number>>>
  dataset: string | null
  openings: readonly Opening[]
  /** What is asked later on. */
  more: readonly Exchange[]
  tags: readonly string[]
}

export type Topic = 'orders' | 'refunds' | 'login' | 'delivery' | 'invoices' | 'products' | 'bugs' | 'small-talk'
export type Team = 'orders' | 'billing' | 'technical' | 'sales'
export type Bot = 'bot-support' | 'bot-orders' | 'bot-billing' | 'bot-technical' | 'bot-sales'
