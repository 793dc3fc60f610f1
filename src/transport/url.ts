import { badRequest } from './errors.ts'
import { pageAddress, parseUrl } from './platform.ts'
import type { ConversationClientOptions } from './types.ts'

const HOSTED = 'https://api.chatbotkit.com'
const ROOT = '/api/v1'

export type AddressOptions = Pick<ConversationClientOptions, 'baseUrl' | 'host' | 'protocol' | 'endpoints'>

export interface AddressRequest {
  /** A path that may hold placeholders, or a URL. */
  path: string
  /** The key to look up in `endpoints`. */
  endpoint?: string
  params?: Record<string, string>
  query?: Record<string, unknown>
  /** Whether the URL is somebody else's and goes through untouched. */
  external?: boolean
}

/** Where a call goes, and whether that is the API itself, which may see credentials. */
export function resolveUrl(options: AddressOptions, request: AddressRequest): { url: URL; trusted: boolean } {
  const base = baseUrl(options)
  const { path, endpoint = path, external = false } = request
  // A path made by hand has its values encoded already.
  const params = request.params ? encoded(request.params) : segmentsOf(path, endpoint)
  const literal = request.params ? fill(path, params) : path
  const override = external ? undefined : (options.endpoints?.[endpoint] ?? options.endpoints?.[literal])
  const url =
    override === undefined
      ? parse(literal.startsWith(`${ROOT}/`) ? rebase(literal, base) : literal, base)
      : parse(fill(override, params), overrideBase(options, base))

  if (url.hostname === 'api.chatbotkit.com' && url.pathname.startsWith('/api/')) url.pathname = url.pathname.slice(4)
  for (const [key, value] of Object.entries(request.query ?? {})) appendQuery(url, key, value)
  return { url, trusted: !external && url.origin === base.origin }
}

/** A URL that may be shown: without its query, which may hold a signature. */
export function shownUrl(url: URL): string {
  return url.origin + url.pathname
}

function baseUrl({ baseUrl = HOSTED, host, protocol }: AddressOptions): URL {
  const url = parse(String(baseUrl) || HOSTED, pageAddress())
  if (host) url.host = host
  if (protocol) url.protocol = protocol
  return url
}

/** Without a base URL an override is a way out of the hosted API, into the page's own backend. */
function overrideBase(options: AddressOptions, base: URL): URL {
  const here = options.baseUrl || options.host ? undefined : pageAddress()
  return here && /^https?:/.test(here) ? new URL(here) : base
}

/** The path below the base URL's own path, which takes the place of the root. */
function rebase(path: string, base: URL): string {
  const prefix = base.pathname.replace(/\/+$/, '')
  return prefix ? prefix + path.slice(ROOT.length) : path
}

function parse(input: string, base?: string | URL): URL {
  const url = parseUrl(input, base)
  // A platform would quote the password of an address it refuses.
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password)
    throw badRequest('Check baseUrl: outside a page it has to be a whole http(s) URL.')
  return url
}

function fill(template: string, params: Record<string, string>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? segment(name, undefined))
}

function encoded(params: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, segment(name, value)]))
}

/** One path segment, encoded. What could reach another path is refused. */
function segment(name: string, value: unknown): string {
  try {
    if (typeof value === 'string' && !/^\.{0,2}$/.test(value)) return encodeURIComponent(value)
  } catch {
    // Half a character, which no address can carry.
  }
  throw badRequest(`${name} has to be a string that is not empty.`)
}

/** What stands in a path where its template has placeholders. */
function segmentsOf(path: string, template: string): Record<string, string> {
  const values = path.split('/')
  const pairs = template.split('/').map((part, index) => [/^\{(\w+)\}$/.exec(part)?.[1], values[index]])
  return Object.fromEntries(pairs.filter(([name, value]) => name && value)) as Record<string, string>
}

function appendQuery(url: URL, key: string, value: unknown): void {
  if (value === null || value === undefined) return
  if (value instanceof Date) url.searchParams.append(key, value.toISOString())
  else if (typeof value === 'object')
    for (const [member, inner] of Object.entries(value)) appendQuery(url, `${key}.${member}`, inner)
  // oxlint-disable-next-line typescript/no-base-to-string -- objects are gone by now
  else url.searchParams.append(key, String(value))
}
