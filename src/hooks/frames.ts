/** How long a frame is waited for in a tab that may have been hidden: there are none in it. */
const NO_FRAME_MS = 120

/** Whether frames are drawn, so that what is done for one can be too much for it. */
export const hasFrames = (): boolean =>
  typeof requestAnimationFrame === 'function' && document.visibilityState !== 'hidden'

/** Calls something once for many requests. */
export interface Pacer {
  /** Asks for a call: at the next frame, and not before `throttle` ms have passed since the last one. */
  request: () => void
  /** Settles once nothing is left that was asked for: at the next frame, without the throttle. */
  settled: () => Promise<void>
}

/** @param throttle milliseconds between two calls at least; `false` calls at once every time */
export function createPacer(call: () => void, throttle: number | false): Pacer {
  let wanted = false
  let last = Number.NEGATIVE_INFINITY
  let timer: ReturnType<typeof setTimeout> | undefined
  let frame: number | undefined
  let onCall = () => {}

  const clear = () => {
    clearTimeout(timer)
    if (frame !== undefined) cancelAnimationFrame(frame)
    frame = undefined
    timer = undefined
  }
  const run = () => {
    clear()
    if (!wanted) return
    wanted = false
    last = performance.now()
    try {
      call()
    } finally {
      onCall()
    }
  }
  const nextFrame = () => {
    if (!hasFrames()) {
      timer = setTimeout(run, 0)
      return
    }
    // The tab may be hidden before the frame comes.
    timer = setTimeout(run, NO_FRAME_MS)
    frame = requestAnimationFrame(run)
  }
  return {
    request() {
      if (wanted) return
      wanted = true
      if (throttle === false) return run()
      const wait = throttle - (performance.now() - last)
      if (wait > 0) timer = setTimeout(nextFrame, wait)
      else nextFrame()
    },
    settled() {
      if (!wanted) return Promise.resolve()
      clear()
      nextFrame()
      return new Promise((done) => (onCall = done))
    },
  }
}
