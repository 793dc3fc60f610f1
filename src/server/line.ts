import { NetworkError } from './network-error.ts'

/** The connection between this server and everybody who asks it: when it breaks, all who wait hear of it at once. */
export class Line {
  readonly #waiting = new Set<(error: Error) => void>()
  #isBroken = false

  /** What the promise gives, unless the line is broken or breaks before. */
  async hold<T>(promise: Promise<T>): Promise<T> {
    let stop = () => {}
    const broken = new Promise<never>((_, reject) => {
      this.#waiting.add(reject)
      stop = () => void this.#waiting.delete(reject)
    })
    return Promise.race([promise, broken]).finally(() => stop())
  }

  /** @throws NetworkError while it is broken. */
  check(): void {
    if (this.#isBroken) throw new NetworkError()
  }

  break(): void {
    this.#isBroken = true
    const error = new NetworkError()
    for (const reject of this.#waiting) reject(error)
    this.#waiting.clear()
  }

  mend(): void {
    this.#isBroken = false
  }
}
