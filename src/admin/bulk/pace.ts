/** Also when the server says that there is none. */
const SHORTEST_WAIT_MS = 250
const LONGEST_WAIT_MS = 30_000
/** So many have to go through before one more goes at once. */
const STEP_UP = 20

/** How fast one may go: slower when the server asks for it, one at a time while it cannot be reached, and fast again when it goes well. */
export function createPace(concurrency: number, backOffMs: number, now: () => number) {
  let lanes = concurrency
  let until = 0
  let bad = 0
  let good = 0
  const wait = (ms: number | undefined, fewer: number) => {
    // What was under way at once is refused at once, and counts as one refusal.
    if (until <= now()) {
      bad += 1
      lanes = fewer
    }
    good = 0
    until = Math.max(until, now() + (ms ?? Math.min(backOffMs * 2 ** (bad - 1), LONGEST_WAIT_MS)))
  }
  return {
    lanes: () => lanes,
    /** Milliseconds until the next call may be made. */
    waitsFor: () => Math.max(0, until - now()),
    /** When that is, while one has to wait for it. */
    waitsUntil: () => (until > now() ? until : undefined),
    /** A call went through. */
    went() {
      bad = 0
      good += 1
      if (lanes < concurrency && good >= STEP_UP) {
        lanes += 1
        good = 0
      }
    },
    /** The server asked to wait, in seconds. */
    refused(retryAfter: number | undefined) {
      const ms = retryAfter === undefined ? undefined : Math.max(retryAfter * 1000, SHORTEST_WAIT_MS)
      wait(ms, Math.max(1, Math.floor(lanes / 2)))
    },
    /** The server could not be reached. */
    lost() {
      wait(undefined, 1)
    },
  }
}
