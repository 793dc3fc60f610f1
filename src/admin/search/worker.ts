import { createSearchIndex } from './searchIndex.ts'
import { serveAtOnce } from './serve.ts'
import type { FromIndex, ToIndex } from './serve.ts'

// What runs beside the page. Only `startWorker` loads it.

/** Of a worker's global object what is used here: the types of pages do not know it. */
interface WorkerScope {
  postMessage: (message: FromIndex, transfer: []) => void
  addEventListener: (type: 'message', listener: (event: { data: ToIndex }) => void) => void
}

const scope = globalThis as unknown as WorkerScope
const index = createSearchIndex()
scope.addEventListener('message', ({ data }) => scope.postMessage(serveAtOnce(index, data), []))
scope.postMessage({ type: 'ready' }, [])
