/** One piece of what an export has written so far, by the place of its conversation. */
export type Piece = readonly [at: number, content: unknown]

/** Where jobs are written down, so that they go on after a reload. Everything it is given is plain data. */
export interface BulkStorage {
  /** Whether what is written is there after a reload. */
  readonly durable: boolean
  /** The jobs it has records of. */
  ids(): Promise<string[]>
  /** The entries of a record, from a position on. */
  read(id: string, from: number): Promise<unknown[]>
  /**
   * Writes entries from position `at` on, and pieces, all or nothing. False when there are entries already: somebody else has gone on
   * with the job.
   */
  append(id: string, at: number, entries: readonly unknown[], pieces?: readonly Piece[]): Promise<boolean>
  /** The pieces of the places from `from` up to, but without, `to`; the first place first. */
  pieces(id: string, from: number, to: number): Promise<Piece[]>
  remove(id: string): Promise<void>
  /** Takes or keeps a job for an owner until a time, in epoch milliseconds. False while it is another's. */
  claim(id: string, owner: string, until: number, now: number): Promise<boolean>
  /** Tells when a record was written to, in this tab or another. The returned function ends it. */
  watch(listener: (id: string) => void): () => void
}

/** Records that live as long as the page. */
export function memoryBulkStorage(): BulkStorage {
  const journals = new Map<string, unknown[]>()
  const written = new Map<string, Map<number, unknown>>()
  const leases = new Map<string, { owner: string; until: number }>()
  const listeners = new Set<(id: string) => void>()
  const tell = (id: string) => {
    for (const listener of listeners) listener(id)
  }
  return {
    durable: false,
    ids: async () => [...journals.keys()],
    read: async (id, from) => structuredClone(journals.get(id)?.slice(from) ?? []),
    async append(id, at, entries, pieces = []) {
      const journal = journals.get(id) ?? []
      if (journal.length !== at) return false
      journals.set(id, [...journal, ...structuredClone(entries)])
      const place = written.get(id) ?? new Map<number, unknown>()
      for (const [index, content] of pieces) place.set(index, content)
      written.set(id, place)
      tell(id)
      return true
    },
    async pieces(id, from, to) {
      const all = [...(written.get(id) ?? [])]
      return all.filter(([at]) => at >= from && at < to).toSorted(([a], [b]) => a - b)
    },
    async remove(id) {
      for (const place of [journals, written, leases]) place.delete(id)
      tell(id)
    },
    async claim(id, owner, until, now) {
      const lease = leases.get(id)
      if (lease && lease.owner !== owner && lease.until > now) return false
      leases.set(id, { owner, until })
      return true
    },
    watch(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
