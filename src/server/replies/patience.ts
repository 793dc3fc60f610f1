import { ReplyError } from '../reply-error.ts'
import { whileWanted } from '../reply.ts'

/** What somebody does who waits for another server: gives up when it is silent for too long, or nobody wants the answer any more. */
export interface Patience {
  /** Aborted in both cases; its reason says which. */
  signal: AbortSignal
  /** Waits for one sign of life. @throws ReplyError with the code `TIMEOUT` */
  wait: <T>(promise: Promise<T>) => Promise<T>
  /** Nothing is waited for any more. */
  end: () => void
}

/** `timeout` in milliseconds of silence. Time in which nothing is waited for does not count. */
export function createPatience(wanted: AbortSignal, timeout: number): Patience {
  const controller = new AbortController()
  const leave = () => controller.abort(wanted.reason)
  if (wanted.aborted) leave()
  wanted.addEventListener('abort', leave, { once: true })
  return {
    signal: controller.signal,
    async wait(promise) {
      const tooLong = new ReplyError('The model took too long to answer. Try again.', 'TIMEOUT')
      const timer = setTimeout(() => controller.abort(tooLong), timeout)
      return whileWanted(promise, controller.signal).finally(() => clearTimeout(timer))
    },
    end: () => wanted.removeEventListener('abort', leave),
  }
}

/** The bytes of an answer, each piece in its time. Leaving early lets the connection go. */
export async function* patientChunks(
  response: Response,
  patience: Patience,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (!response.body) return
  const reader = response.body.getReader()
  try {
    for (;;) {
      const next = await patience.wait(reader.read())
      if (next.done) return
      yield next.value
    }
  } finally {
    // Not awaited: what is silent may stay so.
    reader.cancel().catch(() => {})
  }
}
