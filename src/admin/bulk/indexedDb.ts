import { memoryBulkStorage } from './storage.ts'
import type { BulkStorage, Piece } from './storage.ts'

const STORES = ['entries', 'pieces', 'leases'] as const

/** Records in IndexedDB, under a name. Opened at the first use; a page that may not have one gets an error then. */
export function indexedDbBulkStorage(name: string): BulkStorage {
  let opened: Promise<IDBDatabase> | undefined
  const open = () => {
    opened ??= openDatabase(name, () => (opened = undefined))
    opened.catch(() => (opened = undefined))
    return opened
  }
  const run = async <T>(mode: IDBTransactionMode, work: (transaction: IDBTransaction) => Promise<T> | T) => {
    const transaction = (await open()).transaction(STORES, mode)
    const done = ended(transaction)
    const result = await Promise.race([Promise.resolve(work(transaction)), done.then(() => undefined as never)])
    await done
    return result
  }
  const channelName = `${name}:changes`
  const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(channelName)
  // eslint-disable-next-line unicorn/require-post-message-target-origin -- a channel is of one origin
  const tell = (id: string) => channel?.postMessage(id)
  return {
    durable: true,
    async ids() {
      const keys = await run('readonly', (transaction) => answer(transaction.objectStore('entries').getAllKeys()))
      return [...new Set((keys as [string, number][]).map(([id]) => id))]
    },
    read: (id, from) =>
      run('readonly', (transaction) => answer(transaction.objectStore('entries').getAll(between(id, from)))),
    async append(id, at, entries, pieces = []) {
      const fits = await run('readwrite', async (transaction) => {
        const store = transaction.objectStore('entries')
        const [taken, before] = await Promise.all([
          answer(store.count([id, at])),
          at === 0 ? 1 : answer(store.count([id, at - 1])),
        ])
        if (taken > 0 || before === 0) return false
        entries.forEach((entry, index) => store.add(entry, [id, at + index]))
        for (const [place, content] of pieces) transaction.objectStore('pieces').put(content, [id, place])
        return true
      })
      if (fits) tell(id)
      return fits
    },
    async pieces(id, from, to) {
      const range = IDBKeyRange.bound([id, from], [id, to], false, true)
      return run('readonly', async (transaction) => {
        const store = transaction.objectStore('pieces')
        const [keys, contents] = await Promise.all([answer(store.getAllKeys(range)), answer(store.getAll(range))])
        return (keys as [string, number][]).map(([, at], index): Piece => [at, contents[index]])
      })
    },
    async remove(id) {
      await run('readwrite', (transaction) => {
        for (const store of ['entries', 'pieces'] as const) transaction.objectStore(store).delete(between(id, 0))
        transaction.objectStore('leases').delete(id)
      })
      tell(id)
    },
    claim: (id, owner, until, now) =>
      run('readwrite', async (transaction) => {
        const store = transaction.objectStore('leases')
        const lease = (await answer(store.get(id))) as { owner: string; until: number } | undefined
        if (lease && lease.owner !== owner && lease.until > now) return false
        store.put({ owner, until }, id)
        return true
      }),
    watch(listener) {
      const heard = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(channelName)
      heard?.addEventListener('message', ({ data }) => typeof data === 'string' && listener(data))
      return () => heard?.close()
    },
  }
}

/** Where this page can keep jobs: IndexedDB, and only as long as it is open where there is none. */
const places = new Map<string, Promise<BulkStorage>>()

export function pageBulkStorage(name: string): Promise<BulkStorage> {
  const place = places.get(name) ?? openPlace(name)
  // One for the page: work goes on where a component has gone and come again.
  places.set(name, place)
  return place
}

async function openPlace(name: string): Promise<BulkStorage> {
  if (typeof indexedDB === 'undefined') return memoryBulkStorage()
  const storage = indexedDbBulkStorage(name)
  // Some browsers have it and refuse it, in a private window or a sandbox.
  return storage.ids().then(
    () => storage,
    () => memoryBulkStorage(),
  )
}

/** All numbers of a job from one on: lists come after all numbers. */
const between = (id: string, from: number) => IDBKeyRange.bound([id, from], [id, []])

const answer = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error ?? new Error('IndexedDB failed.')))
  })

const ended = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    const fail = () => reject(transaction.error ?? new Error('IndexedDB ended a transaction.'))
    transaction.addEventListener('complete', () => resolve())
    transaction.addEventListener('error', fail)
    transaction.addEventListener('abort', fail)
  })

function openDatabase(name: string, onClose: () => void): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1)
  request.addEventListener('upgradeneeded', () => {
    for (const store of STORES) request.result.createObjectStore(store)
  })
  return answer(request).then((database) => {
    database.addEventListener('close', onClose)
    database.addEventListener('versionchange', () => {
      database.close()
      onClose()
    })
    return database
  })
}
