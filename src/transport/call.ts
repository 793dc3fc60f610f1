import type { CallOptions, ClientFetchOptions, ResponsePromise } from './types.ts'

/** What `clientFetch` takes from the functions of this room, beside what it takes from everyone. */
export interface RequestOptions extends ClientFetchOptions {
  /** The values of the placeholders in the path. They are checked and encoded when the call is made. */
  params?: Record<string, string>
  /** Whether a stream is whole only with a `result`. @default true unless GET */
  endsWithResult?: boolean
  /** How the answer is read. `blob` and `text` are for answers that are not JSON. @default 'json' */
  as?: 'json' | 'text' | 'blob'
  /** What a 304 stands for. Without it a 304 is an error. */
  notModified?: unknown
  /** Told how much of the body is sent, where the platform can tell. */
  onProgress?: (progress: { loaded: number; total: number }) => void
}

/** What the functions of this room need of a client. */
export interface Caller {
  clientFetch<T, U>(path: string, options?: RequestOptions): ResponsePromise<T, U>
}

/** Reads from a path. `params` fill its placeholders. */
export function get<T, U = never>(
  client: Caller,
  path: string,
  params: Record<string, string>,
  query?: object,
  options?: CallOptions & RequestOptions,
): ResponsePromise<T, U> {
  return client.clientFetch<T, U>(path, { ...callOptions(options), params, query: { ...query } })
}

/** Posts a JSON object to a path. `params` fill its placeholders. */
export function post<T, U = never>(
  client: Caller,
  path: string,
  params: Record<string, string>,
  record?: object,
  options?: CallOptions & RequestOptions,
): ResponsePromise<T, U> {
  return client.clientFetch<T, U>(path, { ...callOptions(options), params, record: { ...record } })
}

function callOptions({ clientMessageId, ...options }: CallOptions & RequestOptions = {}): RequestOptions {
  return clientMessageId === undefined
    ? options
    : { ...options, headers: { ...options.headers, 'idempotency-key': clientMessageId } }
}
