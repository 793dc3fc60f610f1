import type { CallOptions, ClientFetchOptions, FetchFunction, ResponsePromise } from './types.ts'

/** What `clientFetch` takes from the functions of this room, beside what it takes from everyone. */
export interface RequestOptions extends ClientFetchOptions {
  /** The values of the placeholders in the path. They are checked and encoded when the call is made. */
  params?: Record<string, string>
  /** How the answer is read, if it is not JSON. */
  as?: 'blob'
  /** What a 304 stands for. Without it a 304 is an error. */
  notModified?: unknown
  /** In place of the platform's `fetch`, where nobody has given another one. */
  platformFetch?: FetchFunction
}

/** What the functions of this room need of a client. */
export interface Caller {
  clientFetch<T, U>(path: string, options?: RequestOptions): ResponsePromise<T, U>
}

/** Reads from a path. The ids fill its placeholders, in order. */
export function get<T, U = never>(
  client: Caller,
  path: string,
  ids: string[],
  query?: object,
  options?: CallOptions & RequestOptions,
): ResponsePromise<T, U> {
  return client.clientFetch<T, U>(path, { ...optionsFor(path, ids, options), query: { ...query } })
}

/** Posts a JSON object to a path. The ids fill its placeholders, in order. */
export function post<T, U = never>(
  client: Caller,
  path: string,
  ids: string[],
  record?: object,
  options?: CallOptions & RequestOptions,
): ResponsePromise<T, U> {
  return client.clientFetch<T, U>(path, { ...optionsFor(path, ids, options), record: { ...record } })
}

/** Posts at once, and gives a plain promise. */
export async function write<T>(
  client: Caller,
  path: string,
  ids: string[],
  record?: object,
  options?: CallOptions & RequestOptions,
): Promise<T> {
  return await post<T>(client, path, ids, record, options)
}

function optionsFor(
  path: string,
  ids: string[],
  { clientMessageId, headers, ...options }: CallOptions & RequestOptions = {},
): RequestOptions {
  const names = path.match(/\w+(?=\})/g) ?? []
  return {
    ...options,
    headers: clientMessageId === undefined ? headers : { ...headers, 'idempotency-key': clientMessageId },
    params: Object.fromEntries(names.map((name, index) => [name, ids[index] as string])),
  }
}
