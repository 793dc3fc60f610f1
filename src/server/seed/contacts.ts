import { LOCAL_ACCOUNT } from '../auth.ts'
import { formatId } from '../ids.ts'
import type { ContactRecord } from '../storage/storage.ts'
import type { Random } from './random.ts'
import { COUNTRIES, DOMAINS, FIRST_NAMES, LAST_NAMES, OTHER_NAMES } from './words/people.ts'

const PLANS = { free: 54, plus: 28, pro: 13, enterprise: 5 }

/** Somebody who is known by the app that sends them here. */
export function makeContact(random: Random, time: number, givenName?: string): ContactRecord {
  const [first, last] = [random.pick(FIRST_NAMES), random.pick(LAST_NAMES)]
  const name = givenName ?? (random.chance(0.05) ? random.pick(OTHER_NAMES) : `${first} ${last}`)
  const number = random.below(900)
  const plain = `${first}.${last}`.toLowerCase().replaceAll('ü', 'ue').replaceAll("'", '')
  const plan = random.weighted(PLANS)
  return {
    id: formatId(time, 0, random.text(12)),
    owner: LOCAL_ACCOUNT,
    fingerprint: `customer-${random.text(16)}`,
    name: random.chance(0.94) || givenName !== undefined ? name : null,
    description: random.chance(0.08) ? 'Writes often, always kind.' : null,
    email: random.chance(0.92) ? `${plain}${number < 300 ? number : ''}@${random.weighted(DOMAINS)}` : null,
    // Numbers that are kept free for stories.
    phone: random.chance(0.3) ? `+1202555${String(100 + random.below(100)).padStart(4, '0')}` : null,
    nick: random.chance(0.15) ? `${first.toLowerCase()}${random.below(100)}` : null,
    preferences: null,
    verifiedAt: time,
    meta: { plan, country: random.weighted(COUNTRIES), ...(plan === 'enterprise' ? { vip: true } : {}) },
    createdAt: time,
    updatedAt: time,
  }
}
