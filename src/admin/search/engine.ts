import { createSearchIndex } from './searchIndex.ts'
import { serve } from './serve.ts'
import type { FromIndex, ToIndex } from './serve.ts'
import { pause, runSlice } from './slices.ts'

/** An index that can be spoken to. It answers in its own time. */
export interface Engine {
  send: (message: ToIndex) => void
  end: () => void
}

interface Listeners {
  onMessage: (message: FromIndex) => void
  /** It is gone, with all that it knew. */
  onLost: () => void
}

/** By then a worker has said that it is there. */
const READY_MS = 10_000

/** An index in a worker. Throws where none can be made. */
export function workerEngine(start: () => Worker, { onMessage, onLost }: Listeners): Engine {
  const worker = start()
  const lost = () => {
    end()
    onLost()
  }
  const timer = setTimeout(lost, READY_MS)
  const end = () => {
    clearTimeout(timer)
    worker.removeEventListener('message', hear)
    worker.removeEventListener('error', lost)
    worker.removeEventListener('messageerror', lost)
    worker.terminate()
  }
  const hear = ({ data }: MessageEvent<FromIndex>) => {
    clearTimeout(timer)
    onMessage(data)
  }
  worker.addEventListener('message', hear)
  worker.addEventListener('error', lost)
  worker.addEventListener('messageerror', lost)
  // eslint-disable-next-line unicorn/require-post-message-target-origin -- a worker has none
  return { send: (message) => worker.postMessage(message), end }
}

/** The same index in the page itself, in slices of time that leave room for all else. A question goes first. */
export function pageEngine({ onMessage }: Pick<Listeners, 'onMessage'>): Engine {
  const index = createSearchIndex()
  const waiting: ToIndex[] = []
  let running = false
  let ended = false

  async function run(): Promise<void> {
    let work: Iterator<undefined, FromIndex> | undefined
    running = true
    for (;;) {
      await pause()
      if (ended) return
      const question = waiting.findIndex(({ type }) => type === 'query')
      if (question !== -1) {
        const asked = runSlice(serve(index, waiting.splice(question, 1)[0]!))
        if (asked.done) onMessage(asked.value)
        continue
      }
      const next = work ?? (waiting.length > 0 ? serve(index, waiting.shift()!) : undefined)
      if (!next) break
      const step = runSlice(next)
      work = step.done ? undefined : next
      if (step.done) onMessage(step.value)
    }
    running = false
  }

  return {
    send(message) {
      waiting.push(message)
      if (!running) void run()
    },
    end: () => void (ended = true),
  }
}
