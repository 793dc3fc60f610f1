import type { Operation } from './operations.ts'
import type { FailureOptions, RecordedRequest, RecordedVote } from './types.ts'

/** How much of the past is remembered, so that a server that runs for months does not grow. */
const REMEMBERED = 1000

/** What a test looks at and what it has set up. */
export class Recorder {
  readonly requests: RecordedRequest[] = []
  readonly votes: RecordedVote[] = []
  readonly #failures: { operation: Operation; error: FailureOptions; left: number }[] = []

  request(operation: Operation, request: Request, params: Record<string, string>): RecordedRequest {
    const record: RecordedRequest = {
      operation,
      method: request.method,
      url: request.url,
      params,
      body: undefined,
      headers: new Headers(request.headers),
      aborted: false,
    }
    remember(this.requests, record)
    return record
  }

  vote(vote: RecordedVote): void {
    remember(this.votes, vote)
  }

  fail(operation: Operation, error: FailureOptions): void {
    this.#failures.push({ operation, error, left: error.times ?? 1 })
  }

  /** The failure that is due, once for each time it was asked for. */
  failureOf(operation: Operation): FailureOptions | undefined {
    const due = this.#failures.find((failure) => failure.operation === operation && failure.left > 0)
    if (due) due.left -= 1
    return due?.error
  }

  clear(): void {
    this.requests.length = 0
    this.votes.length = 0
    this.#failures.length = 0
  }
}

function remember<T>(list: T[], item: T): void {
  list.push(item)
  if (list.length > REMEMBERED) list.shift()
}
