/** How many are read at a time. */
const AT_ONCE = 4

/** Reads things one after the other, each once. */
export interface LookUp {
  /** These are wanted; so many may be read in all. What was wanted before and is not begun is forgotten. */
  want: (ids: readonly string[], most: number) => void
  /** How many of these wait for more to be allowed. */
  left: (ids: readonly string[]) => number
}

/** `read` may fail: what could not be read is not tried again. */
export function createLookUp(read: (id: string) => Promise<unknown>): LookUp {
  const tried = new Set<string>()
  let wanted: readonly string[] = []
  let allowed = 0
  let running = 0

  const next = () => (tried.size < allowed ? wanted.find((id) => !tried.has(id)) : undefined)
  async function lane(): Promise<void> {
    running += 1
    for (let id = next(); id !== undefined; id = next()) {
      tried.add(id)
      try {
        // oxlint-disable-next-line no-await-in-loop -- one after the other
        await read(id)
      } catch {
        // It is shown as what is not known.
      }
    }
    running -= 1
  }
  return {
    want(ids, most) {
      wanted = ids
      allowed = most
      while (running < AT_ONCE && next() !== undefined) void lane()
    },
    left: (ids) => (tried.size < allowed ? 0 : ids.filter((id) => !tried.has(id)).length),
  }
}
