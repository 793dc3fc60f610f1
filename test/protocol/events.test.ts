import { expect, test } from 'vitest'
import { isKnownEvent } from '../../src/protocol/index.ts'

test('tells the events the protocol names from what newer servers add', () => {
  expect(isKnownEvent({ type: 'token' })).toBe(true)
  expect(isKnownEvent({ type: 'hologram' })).toBe(false)
})
