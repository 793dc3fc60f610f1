import { randomId } from '../../internal/randomId.ts'
import type { BulkStorage } from './storage.ts'

/**
 * How long a job is its owner's without a sign of life, where a browser has no locks: longer than a call may take, so that what a
 * page had sent when it died has ended before another page looks at it.
 */
export const LEASE_MS = 90_000
const RENEW_MS = 15_000
const ASK_MS = 1000

/** What is used of the locks of a browser. */
export interface Locks {
  request: (name: string, options: { signal: AbortSignal }, work: () => Promise<void>) => Promise<void>
}

/** Who does the work. */
export interface Owning {
  /** The browser's, when there are some. */
  locks?: Locks
  storage: BulkStorage
  now: () => number
}

/**
 * Runs `work` once this page owns the job, which is at once or when the page that owns it is gone. Ends when `work` has, or, while it
 * waits, with the signal.
 */
export async function owning(
  { locks, storage, now }: Owning,
  name: string,
  id: string,
  signal: AbortSignal,
  work: () => Promise<void>,
): Promise<void> {
  if (locks) {
    await locks.request(`${name}:${id}`, { signal }, work).catch((error: unknown) => {
      if (!signal.aborted) throw error
    })
    return
  }
  const owner = randomId()
  const claim = () => storage.claim(id, owner, now() + LEASE_MS, now())
  while (!(await claim())) {
    await pause(ASK_MS, signal)
    if (signal.aborted) return
  }
  const timer = setInterval(() => void claim().catch(() => undefined), RENEW_MS)
  try {
    await work()
  } finally {
    clearInterval(timer)
    // From now on it is anybody's.
    await storage.claim(id, owner, 0, now()).catch(() => undefined)
  }
}

/** Waits, or until the signal. */
export const pause = (ms: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal?.aborted) {
      resolve()
      return
    }
    const end = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    signal?.addEventListener('abort', end)
  })
