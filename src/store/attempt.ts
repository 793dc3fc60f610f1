export interface PersistOptions {
  /** The key in the storage. */
  name: string
  /** @default localStorage */
  storage?: Storage | undefined
}

/** Uses a storage if that is possible: one that is missing, full or refused costs what it would have kept, nothing else. */
export function attemptStorage<T>({ storage }: PersistOptions, work: (storage: Storage) => T): T | undefined {
  try {
    return work(storage ?? localStorage)
  } catch {
    return undefined
  }
}
