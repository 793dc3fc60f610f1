/** Longer than this nothing here holds the page at a time, in milliseconds: what else a frame needs fits beside it. */
export const SLICE_MS = 8

interface Scheduler {
  postTask?: (task: () => void, options: { priority: 'background' | 'user-visible' }) => Promise<unknown>
}

/** Lets everything else run first. */
export function pause(): Promise<void> {
  const { scheduler } = globalThis as { scheduler?: Scheduler }
  return new Promise((resolve) => {
    if (scheduler?.postTask) void scheduler.postTask(resolve, { priority: 'user-visible' })
    else setTimeout(resolve)
  })
}

/** Runs for a slice of time. Whether it has come to its end. */
export function runSlice<T>(work: Iterator<unknown, T>): IteratorResult<unknown, T> {
  const end = performance.now() + SLICE_MS
  let step = work.next()
  while (!step.done && performance.now() < end) step = work.next()
  return step
}

/** Runs to its end in slices, between which the page goes on. Ends early where `signal` says so. */
export async function inSlices(work: Iterator<unknown, unknown>, signal?: AbortSignal): Promise<void> {
  const goesOn = () => !signal?.aborted && !runSlice(work).done
  while (goesOn()) await pause()
}
