import type { Random } from './random.ts'
import { dayOf } from './times.ts'
import { AGENTS, CITIES, COUNTRY_NAMES, PRODUCTS } from './words/people.ts'

const DAY_MS = 24 * 3_600_000

/** What stands in the blanks of one conversation. */
export type Blanks = Readonly<Record<string, string>>

/** Texts keep a blank that nobody knows: programs have braces too. */
export function fill(text: string, blanks: Blanks): string {
  return text.includes('{')
    ? text.replace(/\{(\w+)\}/g, (whole, name: string) => (Object.hasOwn(blanks, name) ? (blanks[name] ?? '') : whole))
    : text
}

/** Blanks of a record's texts; its numbers and truths stay. */
export function fillAll<T extends string | number | boolean>(
  record: Readonly<Record<string, T>>,
  blanks: Blanks,
): Record<string, string | T> {
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => [key, typeof value === 'string' ? fill(value, blanks) : value]),
  )
}

export function makeBlanks(random: Random, time: number, person: { name: string; email: string }): Blanks {
  const digits = (count: number) => String(random.below(10 ** count)).padStart(count, '0')
  const order = () => `A-${random.between(10_000, 98_999)}`
  const net = random.between(19, 420) * 100
  const vat = Math.floor((net * 19) / 100)
  const product = random.pick(PRODUCTS)
  return {
    first: person.name.trim().split(' ')[0] || 'customer',
    email: person.email,
    order: order(),
    order2: order(),
    order3: order(),
    parcel: `HL${digits(9)}EU`,
    invoice: `INV-${new Date(time).getUTCFullYear()}-${digits(5)}`,
    ticket: `T-${digits(6)}`,
    device: `dev-${random.text(6)}`,
    number: String(random.between(200, 4200)),
    version: `${random.between(3, 5)}.${random.below(12)}.${random.below(6)}`,
    product,
    // Any but the same one.
    other: PRODUCTS[(PRODUCTS.indexOf(product) + random.between(1, PRODUCTS.length - 1)) % PRODUCTS.length] ?? product,
    city: random.pick(CITIES),
    country: random.pick(COUNTRY_NAMES),
    agent: random.pick(AGENTS),
    // Over, and to come.
    day: dayOf(time - random.between(2, 14) * DAY_MS),
    soon: dayOf(time + random.between(1, 9) * DAY_MS),
    net: euros(net),
    vat: euros(vat),
    amount: euros(net + vat),
    small: euros(random.pick([390, 490, 590, 799, 1290])),
  }
}

function euros(cents: number): string {
  return `€${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`
}
