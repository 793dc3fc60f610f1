import { describe, expect, test } from 'vitest'
import { watchRejections } from '../support/rejections.ts'
import { ABORTS } from './faults-aborts.ts'
import { CUTS } from './faults-cuts.ts'
import { GARBAGE } from './faults-garbage.ts'
import { IDS } from './faults-ids.ts'
import { playFault } from './faults-run.ts'
import { STATUSES } from './faults-statuses.ts'
import { TOKENS } from './faults-tokens.ts'
import { UPLOADS } from './faults-uploads.ts'

const groups = [
  { subject: 'a line that is cut or falls silent', faults: CUTS },
  { subject: 'an answer that is not what was asked for', faults: GARBAGE },
  { subject: 'a refusal', faults: STATUSES },
  { subject: 'an abort, or leaving early', faults: ABORTS },
  { subject: 'a token or a redirect', faults: TOKENS },
  { subject: 'a file', faults: UPLOADS },
  { subject: 'a hostile id', faults: IDS },
]

watchRejections()

describe.each(groups)('$subject', ({ faults }) => {
  // eslint-disable-next-line vitest/expect-expect -- `playFault` expects what the table says
  test.each(faults)('$name', playFault)
})

test('there are at least sixty different faults', () => {
  const names = groups.flatMap(({ faults }) => faults.map(({ name }) => name))
  expect(new Set(names).size).toBe(names.length)
  expect(names.length).toBeGreaterThanOrEqual(60)
})
