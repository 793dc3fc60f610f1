interface TraceEvent {
  name: string
  cat: string
  pid: number
  tid: number
  ts: number
  dur?: number
  /** Microseconds on the thread's own clock. */
  tdur?: number
}

/** What a trace has to have for `longestTasks`. */
export const TRACED = ['-*', 'blink.user_timing', 'disabled-by-default-devtools.timeline']

/** Of each mark the milliseconds of the longest task from it to the next, on the clock of the page's thread. */
export function longestTasks(trace: Buffer): Map<string, number> {
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] }
  const marks = traceEvents.filter(({ cat }) => cat.includes('blink.user_timing')).sort((a, b) => a.ts - b.ts)
  const tasks = traceEvents.filter(
    ({ name, pid, tid }) => name === 'RunTask' && pid === marks[0]?.pid && tid === marks[0].tid,
  )
  return new Map(
    marks.map(({ name, ts }, at) => {
      const end = marks[at + 1]?.ts ?? Infinity
      const own = tasks.filter((task) => task.ts >= ts && task.ts < end)
      return [name, Math.max(0, ...own.map(({ tdur, dur = 0 }) => tdur ?? dur)) / 1000]
    }),
  )
}
