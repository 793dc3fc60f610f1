import { BUGS } from './bugs.ts'
import { DELIVERY } from './delivery.ts'
import { INVOICES } from './invoices.ts'
import { LOGIN } from './login.ts'
import { ORDERS } from './orders.ts'
import { PRODUCTS } from './products.ts'
import { REFUNDS } from './refunds.ts'
import { SMALL_TALK } from './small-talk.ts'
import type { Bot, Subject, Topic } from './words.ts'

export const SUBJECTS: Readonly<Record<Topic, Subject>> = {
  orders: ORDERS,
  delivery: DELIVERY,
  bugs: BUGS,
  products: PRODUCTS,
  refunds: REFUNDS,
  login: LOGIN,
  invoices: INVOICES,
  'small-talk': SMALL_TALK,
}

/** How often people write about what. */
export const TOPICS: Readonly<Record<Topic, number>> = {
  orders: 24,
  delivery: 20,
  bugs: 14,
  products: 12,
  refunds: 11,
  login: 9,
  invoices: 7,
  'small-talk': 3,
}

/** What is known of a bot: the models it ran on, and of a hundred votes how many are for it and how many there are. */
export const BOTS: Readonly<
  Record<Bot, { models: Readonly<Record<string, number>>; likes: number; votes: number; backstory: string }>
> = {
  'bot-support': {
    models: { 'gpt-4o-mini': 8, 'gpt-4o': 2 },
    likes: 76,
    votes: 12,
    backstory: 'You are the first contact of Hearth & Light. Be friendly and brief.',
  },
  'bot-orders': {
    models: { 'gpt-4o': 5, 'gpt-4o-mini': 5 },
    likes: 88,
    votes: 10,
    backstory: 'You help with orders and parcels of Hearth & Light. Look things up before you answer.',
  },
  'bot-billing': {
    models: { 'mistral-large': 6, 'gpt-4o-mini': 4 },
    likes: 44,
    votes: 16,
    backstory: 'You answer questions about invoices and refunds of Hearth & Light.',
  },
  'bot-technical': {
    models: { 'gpt-4o/temperature=0.2': 7, 'llama-3.3-70b': 3 },
    likes: 63,
    votes: 12,
    backstory: 'You help with the app, the devices and the API of Hearth & Light.',
  },
  'bot-sales': {
    models: { 'llama-3.3-70b': 9, 'gpt-4o': 1 },
    likes: 94,
    votes: 4,
    backstory: 'You give advice on the products of Hearth & Light. Never push anybody.',
  },
}
