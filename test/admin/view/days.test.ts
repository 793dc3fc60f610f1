import { matcherOf } from 'conversation-kit/admin'
import { buildConversation } from 'conversation-kit/testing'
import { afterEach, expect, test, vi } from 'vitest'

afterEach(() => vi.unstubAllEnvs())

/** The first hour that is not of a day any more, counted from a time before it. */
function lengthOf(day: string, start: string): number {
  const isIn = matcherOf({ from: day, to: day })
  const first = Date.parse(start)
  const holds = (time: number) => isIn(buildConversation({ updatedAt: time }))
  expect([holds(first - 1), holds(first)]).toEqual([false, true])
  let hours = 0
  while (holds(first + hours * 3_600_000)) hours += 1
  expect(holds(first + hours * 3_600_000 - 1)).toBe(true)
  return hours
}

test.each([
  ['Europe/Berlin', '2026-03-29', '2026-03-28T23:00:00Z', 23],
  ['Europe/Berlin', '2026-10-25', '2026-10-24T22:00:00Z', 25],
  // The clocks were put forward at midnight: the day began at one.
  ['America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00:00Z', 23],
  ['Asia/Kathmandu', '2026-01-01', '2025-12-31T18:15:00Z', 24],
])('a day in %s is as long as it is there', (zone, day, start, hours) => {
  vi.stubEnv('TZ', zone)
  expect(lengthOf(day, start)).toBe(hours)
})
