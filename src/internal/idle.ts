/** By then it is done, however busy the page is. */
const AT_LAST_MS = 1000

/** Calls when the page has nothing better to do, as soon as that; gives how to take it back. */
export function whenIdle(call: () => void): () => void {
  if (typeof requestIdleCallback !== 'function') {
    const timer = setTimeout(call)
    return () => clearTimeout(timer)
  }
  const request = requestIdleCallback(call, { timeout: AT_LAST_MS })
  return () => cancelIdleCallback(request)
}
