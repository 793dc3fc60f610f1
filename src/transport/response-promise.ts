import type { RequestOptions } from './call.ts'
import type { Connection } from './connection.ts'
import { BatchReader, EventStream, consumed } from './stream.ts'
import type { ResponsePromise, StreamOptions } from './types.ts'

/** A {@link ResponsePromise} on a connection. */
export class LazyResponse<T, U> implements ResponsePromise<T, U> {
  readonly #connection: Connection
  readonly #path: string
  readonly #options: RequestOptions
  #whole: Promise<T> | undefined
  #streamed = false

  constructor(connection: Connection, path: string, options: RequestOptions) {
    this.#connection = connection
    this.#path = path
    this.#options = options
  }

  get [Symbol.toStringTag](): string {
    return 'ResponsePromise'
  }

  // eslint-disable-next-line unicorn/no-thenable -- it is a promise
  then<A = T, B = never>(
    onFulfilled?: ((value: T) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#get().then(onFulfilled, onRejected)
  }

  catch<R = never>(onRejected?: ((reason: unknown) => R | PromiseLike<R>) | null): Promise<T | R> {
    return this.then(undefined, onRejected)
  }

  finally(onFinally?: (() => void) | null): Promise<T> {
    return this.#get().finally(onFinally)
  }

  stream(options?: StreamOptions): AsyncGenerator<U, void, undefined> {
    return new EventStream<U>(this.batches(options))
  }

  /** The stream in batches, one for each chunk. */
  batches({ signal, abortSignal }: StreamOptions = {}): BatchReader<U> {
    const again = this.#streamed
    this.#streamed = true
    return new BatchReader<U>(async (leave) => {
      if (again) throw consumed({})
      return await this.#connection.open(this.#path, this.#options, [signal, abortSignal, leave])
    })
  }

  async cache(key: string = 'default'): Promise<T> {
    const { cache } = this.#connection
    const name = JSON.stringify([key, this.#path, this.#options])
    let answer = cache.get(name) as Promise<T> | undefined
    if (!answer) {
      answer = this.#get()
      cache.set(name, answer)
      // A failure is not worth remembering.
      answer.catch(() => cache.delete(name))
    }
    return await answer
  }

  #get(): Promise<T> {
    this.#whole ??= this.#connection.fetch(this.#path, this.#options) as Promise<T>
    return this.#whole
  }
}
