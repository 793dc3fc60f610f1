import { ConversationError } from './errors.ts'
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
  const params = request.params ?? paramsFromPath(path, endpoint)
  const literal = external ? path : fill(path, params)
  const override = external ? undefined : (options.endpoints?.[endpoint] ?? options.endpoints?.[literal])

  let url: URL
  if (override !== undefined) url = parse(fill(override, params), overrideBase(options, base))
  else url = parse(literal.startsWith(`${ROOT}/`) ? rebase(literal, base) : literal, base)

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
  if (!url)
    throw badRequest(
      base
        ? 'An address of the client is not a URL. Check baseUrl and endpoints.'
        : 'A relative baseUrl needs a page. On a server, give the client a whole URL.',
    )
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw badRequest('An address of the client is not a web address: it has to begin with http: or https:.')
  if (url.username || url.password)
    throw badRequest('An address of the client holds a user name or a password. Use the headers option instead.')
  return url
}

function fill(template: string, params: Record<string, string>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => segment(name, params[name]))
}

/** One path segment, encoded. What could reach another path is refused. */
function segment(name: string, value: unknown): string {
  if (typeof value !== 'string' || value === '' || value === '.' || value === '..')
    throw badRequest(`${name} has to be an id: a string that is not empty. Nothing was sent.`)
  try {
    return encodeURIComponent(value)
  } catch {
    throw badRequest(`${name} holds half a character, which no address can carry. Nothing was sent.`)
  }
}

/** The values of a template's placeholders, read from the path that was made of it. */
function paramsFromPath(path: string, template: string): Record<string, string> {
  const values = path.split('/')
  const params: Record<string, string> = {}
  for (const [index, part] of template.split('/').entries()) {
    const name = /^\{(\w+)\}$/.exec(part)?.[1]
    const value = values[index]
    if (name && value && value !== part) params[name] = decode(value)
  }
  return params
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}

function appendQuery(url: URL, key: string, value: unknown): void {
  if (value === null || value === undefined) return
  if (value instanceof Date) url.searchParams.append(key, value.toISOString())
  else if (typeof value === 'object')
    for (const [member, inner] of Object.entries(value)) appendQuery(url, `${key}.${member}`, inner)
  // oxlint-disable-next-line typescript/no-base-to-string -- objects are gone by now
  else url.searchParams.append(key, String(value))
}

function badRequest(message: string): ConversationError {
  return new ConversationError({ code: 'BAD_REQUEST', message, retryable: false })
}
