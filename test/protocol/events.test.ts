import { expect, test } from 'vitest'
import { isKnownEvent, unknownEvent } from '../../src/protocol/index.ts'

test('tells the events the protocol names from what newer servers add', () => {
  expect(isKnownEvent({ type: 'token' })).toBe(true)
  expect(isKnownEvent({ type: 'hologram' })).toBe(false)
})

test('hands over an event without a name, and only such a one', () => {
  const event = { type: 'hologram', data: { size: 3 } }
  expect(unknownEvent(event)).toBe(event)
  expect(unknownEvent({ type: 'token' })).toBeUndefined()
})
