/** One request, in a form that can be compared. */
export interface Recorded {
  method: string
  path: string
  query: [string, string][]
  headers: Record<string, string>
  /** Parsed, when it is JSON; the field names and sizes of a form; the bytes as text otherwise. */
  body: unknown
}

export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>

async function readBody(request: Request): Promise<unknown> {
  const type = request.headers.get('content-type') ?? ''
  const text = await request.text()
  if (text === '') {
    return undefined
  }
  return type.startsWith('application/json') ? (JSON.parse(text) as unknown) : text
}

/** A `fetch` that writes down what goes through it. */
export function recording(fetch: (request: Request) => Promise<Response>): { fetch: Fetch; requests: Recorded[] } {
  const requests: Recorded[] = []
  return {
    requests,
    async fetch(input, init) {
      const request = new Request(input, init)
      const url = new URL(request.url)
      const entry: Recorded = {
        method: request.method,
        path: url.pathname,
        query: [...url.searchParams],
        headers: Object.fromEntries(request.headers),
        body: undefined,
      }
      requests.push(entry)
      entry.body = await readBody(request.clone())
      return fetch(request)
    },
  }
}
