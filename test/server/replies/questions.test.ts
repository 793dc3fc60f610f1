import { describe, expect, test } from 'vitest'
import { embeddedReply } from '../../../src/server/replies/embedded.ts'
import { collect, replyContext } from './context.ts'
import { ASKED, UNANSWERED } from './questions.ts'

const reply = embeddedReply({ pace: 0 })

async function ask(text: string) {
  const { text: answer, reasoning } = await collect(reply(replyContext({ text })))
  return { answer, best: /The best of \d+ is “(.*)”/.exec(reasoning)?.[1] ?? 'nothing' }
}

/** Each question that was not answered as it should be, with what came instead. */
async function wrongOf<T>(questions: readonly T[], check: (question: T) => Promise<string | undefined>) {
  const wrong: string[] = []
  for (const question of questions) {
    const problem = await check(question)
    if (problem !== undefined) wrong.push(problem)
  }
  return { share: wrong.length / questions.length, wrong: wrong.join('\n') }
}

describe('somebody who is new here and asks in their own words', () => {
  test('gets the section that answers, with its source, 95 times of 100', async () => {
    const { share, wrong } = await wrongOf(ASKED, async ([question, section]) => {
      const { answer, best } = await ask(question)
      return section.test(best) && answer.includes('\n\nSource') ? undefined : `${question} → ${best}`
    })
    expect(share, wrong).toBeLessThanOrEqual(0.05)
  })

  test('is told that there is no answer, or that it is a guess, 95 times of 100 where the guide has none', async () => {
    const { share, wrong } = await wrongOf(UNANSWERED, async (question) => {
      const { answer, best } = await ask(question)
      return /^I (?:do not know|am not sure|look your question up)/.test(answer) ? undefined : `${question} → ${best}`
    })
    expect(share, wrong).toBeLessThanOrEqual(0.05)
  })

  test('is hardly ever offered a guess where the guide has nothing near', async () => {
    const { share, wrong } = await wrongOf(UNANSWERED, async (question) => {
      const { answer } = await ask(question)
      return answer.startsWith('I am not sure') ? question : undefined
    })
    expect(share, wrong).toBeLessThanOrEqual(0.08)
  })
})
