const MINUTE_MS = 60_000

/** The time for those who say how long ago something was: told every minute, and when the page is looked at again. */
export interface Clock {
  now: () => Date
  subscribe: (listener: () => void) => () => void
}

export function createClock(): Clock {
  const listeners = new Set<() => void>()
  let now = new Date()
  let timer: ReturnType<typeof setInterval> | undefined
  const tick = () => {
    now = new Date()
    for (const listener of listeners) listener()
  }
  return {
    now: () => now,
    subscribe(listener) {
      if (listeners.size === 0) {
        timer = setInterval(tick, MINUTE_MS)
        document.addEventListener('visibilitychange', tick)
      }
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        clearInterval(timer)
        document.removeEventListener('visibilitychange', tick)
      }
    },
  }
}
