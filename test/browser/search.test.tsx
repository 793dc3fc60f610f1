import { createSearch } from 'conversation-kit/admin'
import { expect, test, vi } from 'vitest'

test('a real worker is told, broken, made again, and answers', async () => {
  const workers: Worker[] = []
  const RealWorker = Worker
  class Watched extends RealWorker {
    constructor(...args: ConstructorParameters<typeof Worker>) {
      super(...args)
      workers.push(this)
    }
  }
  vi.stubGlobal('Worker', Watched)
  const search = createSearch()
  search.add([{ conversationId: 'c1', messageId: 'm1', type: 'user', text: 'Où est ma girafe ?', createdAt: 1 }])
  const isThere = () => expect(search.getStatus()).toMatchObject({ engine: 'worker', messages: 1, pending: 0 })
  await vi.waitFor(isThere, 10_000)
  expect((await search.query('giraffe')).hits[0]!.message!.ranges).toEqual([[10, 16]])
  workers[0]!.dispatchEvent(new ErrorEvent('error'))
  await vi.waitFor(isThere, 10_000)
  expect((await search.query('girafe')).total).toBe(1)
  expect(search.getStatus().rebuilt).toBe(1)
  expect(workers).toHaveLength(2)
  search.dispose()
  vi.unstubAllGlobals()
})
