// The same conversations for every contender, and how old they are in the same words.

const NOUNS = ['ledger', 'index', 'mailbox', 'calendar', 'inventory', 'timeline', 'catalogue']
const MINUTE_MS = 60_000

export function conversationsOf(count) {
  const now = Date.now()
  return Array.from({ length: count }, (_, at) => ({
    id: `conversation-${String(at).padStart(7, '0')}`,
    name: `Question ${count - at} about the ${NOUNS[at % NOUNS.length]}`,
    description: `What becomes of the ${NOUNS[(at * 5) % NOUNS.length]} when nobody leads`,
    createdAt: now - at * 7 * MINUTE_MS,
    updatedAt: now - at * 7 * MINUTE_MS,
  }))
}

const UNITS = [
  ['minute', MINUTE_MS],
  ['hour', 60 * MINUTE_MS],
  ['day', 24 * 60 * MINUTE_MS],
]
const ago = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'narrow' })
const day = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short' })

export function ageOf(time) {
  const elapsed = Date.now() - time
  if (elapsed >= 7 * 24 * 60 * MINUTE_MS) return day.format(time)
  const [unit, size] = UNITS.findLast((each) => elapsed >= each[1]) ?? UNITS[0]
  return elapsed < MINUTE_MS ? 'now' : ago.format(-Math.floor(elapsed / size), unit)
}
