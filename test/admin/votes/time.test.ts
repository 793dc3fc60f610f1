import { describe, expect, test } from 'vitest'
import { votesOverTime } from 'conversation-kit/admin'

const at = (...times: string[]) => times.map((time) => ({ vote: 'up' as const, createdAt: Date.parse(time) }))
const HOUR = 3_600_000

describe('votes by time', () => {
  test('fall on the day of the viewer, not on that of Greenwich', () => {
    const votes = at('2026-01-01T02:00:00Z')
    const day = (timeZone: string) => votesOverTime(votes, { unit: 'day', timeZone }).map((group) => group.day)
    expect(day('UTC')).toEqual(['2026-01-01'])
    expect(day('America/New_York')).toEqual(['2025-12-31'])
    expect(day('Pacific/Kiritimati')).toEqual(['2026-01-01'])
  })

  test('have a group for each day, also for those on which nobody voted', () => {
    const groups = votesOverTime(
      [...at('2026-02-27T12:00:00Z'), { vote: 'down', createdAt: Date.parse('2026-03-02T00:00:00Z') }],
      { unit: 'day', timeZone: 'UTC' },
    )
    expect(groups.map(({ day, up, down }) => `${day} ${up} ${down}`)).toEqual([
      '2026-02-27 1 0',
      '2026-02-28 0 0',
      '2026-03-01 0 0',
      '2026-03-02 0 1',
    ])
  })

  test('count on a day of 23 hours and on one of 25', () => {
    // Berlin: 29 March 2026, 02:00 becomes 03:00; 25 October 2026, 03:00 becomes 02:00.
    const options = { unit: 'day', timeZone: 'Europe/Berlin' } as const
    const [spring] = votesOverTime(at('2026-03-28T23:00:00.000Z', '2026-03-29T21:59:59.999Z'), options)
    expect(spring).toMatchObject({ day: '2026-03-29', up: 2 })
    expect(spring!.end - spring!.start).toBe(23 * HOUR)
    const autumn = votesOverTime(
      at('2026-10-24T22:00:00.000Z', '2026-10-25T22:59:59.999Z', '2026-10-25T23:00:00.000Z'),
      options,
    )
    expect(autumn.map(({ day, up }) => `${day} ${up}`)).toEqual(['2026-10-25 2', '2026-10-26 1'])
    expect(autumn[0]!.end - autumn[0]!.start).toBe(25 * HOUR)
  })

  test('count on a day that has no midnight, and on one that has two', () => {
    // Beirut: 29 March 2026, 00:00 becomes 01:00. Havana: 1 November 2026, 01:00 becomes 00:00.
    const [beirut] = votesOverTime(at('2026-03-29T12:00:00Z'), { unit: 'day', timeZone: 'Asia/Beirut' })
    expect(new Date(beirut!.start).toISOString()).toBe('2026-03-28T22:00:00.000Z')
    expect(beirut!.end - beirut!.start).toBe(23 * HOUR)
    const [havana] = votesOverTime(at('2026-11-01T12:00:00Z'), { unit: 'day', timeZone: 'America/Havana' })
    expect(new Date(havana!.start).toISOString()).toBe('2026-11-01T04:00:00.000Z')
    expect(havana!.end - havana!.start).toBe(25 * HOUR)
  })

  test('have an empty day where an island left one out', () => {
    // Samoa went from 29 to 31 December 2011.
    const groups = votesOverTime(at('2011-12-29T12:00:00Z', '2011-12-31T12:00:00Z'), {
      unit: 'day',
      timeZone: 'Pacific/Apia',
    })
    expect(groups.map(({ day, up, start, end }) => [day, up, (end - start) / HOUR])).toEqual([
      ['2011-12-29', 1, 24],
      ['2011-12-30', 0, 0],
      ['2011-12-31', 0, 24],
      ['2012-01-01', 1, 24],
    ])
  })

  test('begin their weeks on Monday, or on the day that is asked for', () => {
    // 4 January 2026 is a Sunday.
    const votes = at('2026-01-04T12:00:00Z', '2026-01-05T12:00:00Z')
    const weeks = (weekStart?: number) =>
      votesOverTime(votes, { unit: 'week', timeZone: 'UTC', weekStart }).map(({ day, up }) => `${day} ${up}`)
    expect(weeks()).toEqual(['2025-12-29 1', '2026-01-05 1'])
    expect(weeks(7)).toEqual(['2026-01-04 2'])
    expect(weeks(6)).toEqual(['2026-01-03 2'])
  })

  test('stand by months of any length', () => {
    const groups = votesOverTime(at('2024-01-31T23:59:59Z', '2024-02-29T00:00:00Z', '2024-04-01T00:00:00Z'), {
      unit: 'month',
      timeZone: 'UTC',
    })
    expect(groups.map(({ day, up }) => `${day} ${up}`)).toEqual([
      '2024-01-01 1',
      '2024-02-01 1',
      '2024-03-01 0',
      '2024-04-01 1',
    ])
    expect((groups[1]!.end - groups[1]!.start) / HOUR).toBe(29 * 24)
  })

  test('fill the time that is asked for, and leave out what lies around it', () => {
    const votes = at('2026-01-01T00:00:00Z', '2026-01-03T10:00:00Z', '2026-01-05T00:00:00Z')
    const from = Date.parse('2026-01-02T00:00:00Z')
    const to = Date.parse('2026-01-05T00:00:00Z')
    const groups = votesOverTime(votes, { unit: 'day', timeZone: 'UTC', from, to })
    expect(groups.map(({ day, up }) => `${day} ${up}`)).toEqual(['2026-01-02 0', '2026-01-03 1', '2026-01-04 0'])
  })

  test('keep the newest groups where there would be too many', () => {
    const votes = at('1970-01-01T00:00:00Z', '2026-01-05T00:00:00Z')
    expect(votesOverTime(votes, { unit: 'day', timeZone: 'UTC', limit: 3 }).map(({ day }) => day)).toEqual([
      '2026-01-03',
      '2026-01-04',
      '2026-01-05',
    ])
    expect(votesOverTime(votes, { unit: 'day', timeZone: 'UTC' })).toHaveLength(400)
  })

  test('are none without votes, and leave out a time that is none', () => {
    expect(votesOverTime([], { unit: 'day' })).toEqual([])
    expect(votesOverTime([{ vote: 'up', createdAt: Number.NaN }], { unit: 'day' })).toEqual([])
    expect(votesOverTime(at('2026-01-01T00:00:00Z'), { unit: 'day', from: 5, to: 5 })).toEqual([])
  })

  test('are refused in a time zone that does not exist', () => {
    expect(() => votesOverTime(at('2026-01-01T00:00:00Z'), { unit: 'day', timeZone: 'Mars/Olympus' })).toThrow(
      RangeError,
    )
  })

  test.each(['UTC', 'Europe/Berlin', 'America/St_Johns', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'America/Sao_Paulo'])(
    'lose none of a year in %s: groups join without a gap, and each vote is in one',
    (timeZone) => {
      const votes = Array.from({ length: 2000 }, (_, index) => ({
        vote: index % 3 ? ('up' as const) : ('down' as const),
        createdAt: Date.UTC(2018, 0, 1) + index * 15_768_000,
      }))
      for (const unit of ['day', 'week', 'month'] as const) {
        const groups = votesOverTime(votes, { unit, timeZone })
        expect(groups.reduce((sum, { total }) => sum + total, 0)).toBe(2000)
        expect(groups.slice(1).map(({ start }) => start)).toEqual(groups.slice(0, -1).map(({ end }) => end))
      }
    },
  )
})
