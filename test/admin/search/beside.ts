import { createSearchIndex } from 'conversation-kit/admin'
import { serveAtOnce } from '../../../src/admin/search/serve.ts'
import type { FromIndex, ToIndex } from '../../../src/admin/search/serve.ts'

/**
 * What a worker does, in this process: the same code, spoken to by copies, in turns of its own. It can be broken, and held so that a test can
 * look before it answers.
 */
export class Beside extends EventTarget {
  readonly heard: ToIndex['type'][] = []
  /** How many documents came at a time. */
  readonly slices: number[] = []
  terminated = false
  private index = createSearchIndex()
  private held: (() => void)[] | undefined

  constructor(come = true) {
    super()
    if (come) this.later(() => this.say({ type: 'ready' }))
  }

  postMessage(message: ToIndex): void {
    const copy = structuredClone(message)
    this.later(() => {
      this.heard.push(copy.type)
      if (copy.type === 'add') this.slices.push(copy.documents.length)
      this.say(serveAtOnce(this.index, copy))
    })
  }

  /** From now on nothing is done until `go`. */
  hold(): void {
    this.held = []
  }

  go(): void {
    const left = this.held ?? []
    this.held = undefined
    for (const work of left) work()
  }

  crash(): void {
    this.dispatchEvent(new Event('error'))
  }

  terminate(): void {
    this.terminated = true
  }

  private later(work: () => void): void {
    setTimeout(() => {
      if (this.held) this.held.push(() => this.terminated || work())
      else if (!this.terminated) work()
    })
  }

  private say(data: FromIndex): void {
    this.dispatchEvent(new MessageEvent('message', { data: structuredClone(data) }))
  }
}

/** Makes workers, and remembers them. */
export function besides(come?: (at: number) => boolean) {
  const made: Beside[] = []
  const worker = () => {
    const one = new Beside(come?.(made.length))
    made.push(one)
    return one as unknown as Worker
  }
  return { made, worker }
}
