import { describe, expect, test } from 'vitest'
import { groupReasons, rankVotes, tallyVotes, wilsonInterval } from 'conversation-kit/admin'

const votes = (up: number, down: number, bot?: string) => [
  ...Array.from({ length: up }, () => ({ vote: 'up' as const, bot })),
  ...Array.from({ length: down }, () => ({ vote: 'down' as const, bot })),
]

describe('the interval of a share', () => {
  /*
   * (p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n), with z = 1.959963984540054, z² = 3.841458820694124.
   *
   * 180 of 200: p = 0.9, z²/n = 0.01920729410, z²/2n = 0.00960364705,
   *   root = √(0.09/200 + 3.841458821/160000) = √(0.00045 + 0.00002400911763) = 0.02177175045,
   *   (0.90960364705 ± 0.04267184676) / 1.01920729410 = 0.85059418757 and 0.93432955133.
   * 2 of 2: p = 1, so the root is z/2n: (1 + z²/2n − z²/2n) / (1 + z²/n) = 1 / (1 + 1.92072941035) = 0.34238022751, and 1.
   * 0 of 5: 0, and (z²/5) / (1 + z²/5) = 0.76829176414 / 1.76829176414 = 0.43448246478.
   * 1 of 1: 1 / (1 + 3.84145882069) = 0.20654931438, and 1.
   * 1 of 2: 0.5 ± the root of (0.25/2 + 0.24009117629) times z over 2.92072941035 = 0.5 ± 0.40546879427.
   */
  test.each([
    [180, 200, 0.8505941875672826, 0.9343295513309041],
    [2, 2, 0.3423802275066531, 1],
    [0, 5, 0, 0.4344824647831747],
    [1, 1, 0.2065493143772374, 1],
    [1, 2, 0.0945312057342307, 0.9054687942657693],
    [7, 10, 0.3967781474611453, 0.8922087325936989],
  ])('%d of %d is worked out by hand', (up, total, lower, upper) => {
    const interval = wilsonInterval(up, total)
    expect(interval.share).toBe(up / total)
    expect(Math.abs(interval.lower - lower)).toBeLessThan(1e-9)
    expect(Math.abs(interval.upper - upper)).toBeLessThan(1e-9)
  })

  // Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998), table I, method 3.
  test.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('%d of %d is as it was published', (up, total, lower, upper) => {
    const interval = wilsonInterval(up, total)
    expect(Math.round(interval.lower * 10_000) / 10_000).toBe(lower)
    expect(Math.round(interval.upper * 10_000) / 10_000).toBe(upper)
  })

  test('without votes is everything', () => {
    expect(wilsonInterval(0, 0)).toEqual({ share: null, lower: 0, upper: 1 })
  })

  test('holds the share, lies within 0 and 1, and rises with each up', () => {
    for (const total of [1, 2, 3, 7, 50, 199, 1000, 100_000]) {
      let before = { lower: -1, upper: -1 }
      for (let up = 0; up <= total; up += total > 1000 ? 997 : 1) {
        const { share, lower, upper } = wilsonInterval(up, total)
        expect(lower).toBeGreaterThanOrEqual(0)
        expect(upper).toBeLessThanOrEqual(1)
        expect(lower).toBeLessThanOrEqual(share!)
        expect(upper).toBeGreaterThanOrEqual(share!)
        expect(lower).toBeGreaterThan(up === 0 ? -1 : before.lower)
        expect(upper).toBeGreaterThan(before.upper)
        before = { lower, upper }
      }
    }
  })

  test('mirrors itself when ups and downs change places, and narrows as more vote', () => {
    for (const [up, total] of [
      [0, 4],
      [1, 4],
      [3, 17],
      [90, 100],
    ] as const) {
      const here = wilsonInterval(up, total)
      const there = wilsonInterval(total - up, total)
      expect(here.lower).toBeCloseTo(1 - there.upper, 12)
      const more = wilsonInterval(up * 10, total * 10)
      expect(more.upper - more.lower).toBeLessThan(here.upper - here.lower)
    }
  })

  test.each([
    [3, 2],
    [-1, 2],
    [0.5, 1],
    [Number.NaN, 1],
    [1, Number.POSITIVE_INFINITY],
  ])('%d of %d is refused with a sentence', (up, total) => {
    expect(() => wilsonInterval(up, total)).toThrow(/is no share/)
  })
})

describe('what votes add up to', () => {
  test('is so many ups, so many downs and their interval', () => {
    expect(tallyVotes(votes(180, 20))).toEqual({ up: 180, down: 20, total: 200, ...wilsonInterval(180, 200) })
    expect(tallyVotes([])).toMatchObject({ up: 0, down: 0, total: 0, share: null })
  })

  test('puts a bot with 180 of 200 before one with 2 of 2', () => {
    const ranked = rankVotes([...votes(2, 0, 'new'), ...votes(180, 20, 'old')], ({ bot }) => bot)
    expect(ranked.map(({ key, up, total }) => [key, up, total])).toEqual([
      ['old', 180, 200],
      ['new', 2, 2],
    ])
  })

  test('puts of two that are as good the one with more votes first, then the one that came first', () => {
    const all = [...votes(0, 1, 'a'), ...votes(0, 3, 'b'), ...votes(0, 1, 'c')]
    expect(rankVotes(all, ({ bot }) => bot).map(({ key }) => key)).toEqual(['b', 'a', 'c'])
  })
})

describe('reasons', () => {
  const given = (...reasons: (string | undefined)[]) => reasons.map((reason, createdAt) => ({ reason, createdAt }))

  test('that differ in space and capitals only are one, shown as most wrote it', () => {
    expect(groupReasons(given('Too long', ' too  LONG ', 'Wrong', 'too long', '\ttoo\nlong', 'Wrong '))).toEqual([
      { reason: 'too long', key: 'too long', count: 4 },
      { reason: 'Wrong', key: 'wrong', count: 2 },
    ])
  })

  test('that are not given stand apart, and last, however many they are', () => {
    expect(groupReasons(given(undefined, '', '  ', 'Wrong'))).toEqual([
      { reason: 'Wrong', key: 'wrong', count: 1 },
      { key: '', count: 3 },
    ])
  })

  test('written in two ways as often are shown as they were written first', () => {
    const [first] = groupReasons([
      { reason: 'WRONG', createdAt: 5 },
      { reason: 'Wrong', createdAt: 2 },
    ])
    expect(first).toEqual({ reason: 'Wrong', key: 'wrong', count: 2 })
  })

  test('with an accent are the same however the accent is stored', () => {
    expect(groupReasons(given('Trop détaillé', 'Trop de\u0301taille\u0301'))).toHaveLength(1)
  })

  test('called like a member of every object are reasons too', () => {
    expect(groupReasons(given('constructor', '__proto__', 'constructor')).map(({ count }) => count)).toEqual([2, 1])
  })
})
