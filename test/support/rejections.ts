import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll } from 'vitest'

/** Fails a test of this file that leaves a rejected promise without a handler, and names what was rejected. */
export function watchRejections(): void {
  const unhandled: unknown[] = []
  const note = (reason: unknown) => unhandled.push(reason)
  beforeAll(() => void process.on('unhandledRejection', note))
  afterAll(() => void process.off('unhandledRejection', note))
  afterEach(async () => {
    await sleep(1)
    const reasons = unhandled.splice(0)
    if (reasons.length > 0) {
      throw new Error('A rejection was left unhandled.', { cause: reasons[0] })
    }
  })
}
