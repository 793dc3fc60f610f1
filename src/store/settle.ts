import type { MessageInstance } from '../protocol/index.ts'
import type { ShownMessages } from './rows.ts'
import { exchangesOf, findStored } from './thread.ts'
import type { Found } from './thread.ts'
import { isBusy } from './turn.ts'
import type { LiveTurn, TurnRows } from './turn.ts'

/** What stays of a turn once these messages are in the cache, and the marks they carry from now on. */
export function settleTurn(
  before: LiveTurn,
  stored: readonly MessageInstance[],
  known?: ShownMessages,
): { turn: LiveTurn | undefined; shown: ShownMessages } {
  const found = findStored(stored, exchangesOf(before), known)
  // A history that came after the message was sent, and is without it, ends where the message begins.
  const late = before.after === undefined && before.user && !found.rows.has(before.user)
  const turn = late ? { ...before, after: stored.at(-1)?.id ?? null } : before
  const past = turn.past.flatMap((exchange) => unstored(exchange, found))
  if (isBusy(turn)) return { turn: sameLength(turn, past), shown: found.shown }
  const { user, reply, ...rest } = turn
  const [open] = unstored(turn, found)
  if (turn.status !== 'error' && !open && past.length === 0) return { turn: undefined, shown: found.shown }
  if (open?.user === user && open?.reply === reply) return { turn: sameLength(turn, past), shown: found.shown }
  return { turn: { ...rest, past, ...open, after: open ? open.after : turn.after }, shown: found.shown }
}

const sameLength = (turn: LiveTurn, past: readonly TurnRows[]): LiveTurn =>
  past.length === turn.past.length && past.every((rows, index) => rows === turn.past[index]) ? turn : { ...turn, past }

/** The rows of an exchange that are not stored, anchored to what is. */
function unstored(exchange: TurnRows, found: Found): TurnRows[] {
  const { user, reply } = exchange
  const open: TurnRows = { after: found.anchors.get(exchange) ?? exchange.after }
  if (user && !found.rows.has(user)) open.user = user
  if (reply && !found.rows.has(reply)) open.reply = reply
  if (open.user === user && open.reply === reply) return user || reply ? [exchange] : []
  return open.user || open.reply ? [open] : []
}
