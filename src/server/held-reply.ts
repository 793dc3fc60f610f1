import type { ConversationStreamEvent } from '../protocol/index.ts'
import { ReplyError } from './reply-error.ts'
import { whileWanted } from './reply.ts'
import type { ManualReply, ReplyContext } from './types.ts'

type Step = { piece: ConversationStreamEvent } | 'end' | 'cut' | { failure: string }

/** A reply that a test writes while it runs, and the source a run reads it from. */
export interface HeldReply {
  handle: ManualReply
  /** `cut` breaks the connection of the reader; `finished` resolves when the run has ended. */
  speak(context: ReplyContext, run: { cut(): void; finished: Promise<void> }): AsyncIterable<ConversationStreamEvent>
}

export function holdReply(): HeldReply {
  const steps: { step: Step; taken: () => void }[] = []
  let arrived = () => {}
  let over = false
  let finished = Promise.resolve()

  /** Resolves when the run has asked for what comes after it, or is over. */
  function write(step: Step): Promise<void> {
    if (over) return finished
    return new Promise((resolve) => {
      steps.push({ step, taken: resolve })
      arrived()
    })
  }

  async function* speak(
    context: ReplyContext,
    run: { cut(): void; finished: Promise<void> },
  ): AsyncGenerator<ConversationStreamEvent, void, undefined> {
    finished = run.finished
    // What has not been taken when the run ends never will be.
    void run.finished.then(() => {
      over = true
      for (const { taken } of steps) taken()
    })
    for (;;) {
      const next = steps[0]
      if (next === undefined) {
        await whileWanted(
          new Promise<void>((resolve) => {
            arrived = resolve
          }),
          context.signal,
        )
        continue
      }
      const { step } = next
      if (step === 'end') return
      if (step === 'cut') {
        run.cut()
        return
      }
      if ('failure' in step) throw new ReplyError(step.failure)
      yield step.piece
      steps.shift()?.taken()
    }
  }

  return {
    speak,
    handle: {
      event: (event) => write({ piece: event }),
      token: (token) => write({ piece: { type: 'token', data: { token } } }),
      end: () => write('end'),
      fail: (message) => write({ failure: message }),
      cut: () => write('cut'),
    },
  }
}
