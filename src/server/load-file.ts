import { badRequest } from './api-error.ts'
import { readBytes } from './body.ts'
import type { ApiError } from './api-error.ts'
import type { ConversationServerOptions } from './types.ts'

const TIMEOUT_MS = 30_000

export interface LoadedFile {
  bytes: Uint8Array
  type: string
  name?: string
}

/** Reads a file given as a data URL or as an address. */
export async function loadFile(
  file: string,
  options: { fetch: ConversationServerOptions['fetch']; limit: number; tooMuch: ApiError },
): Promise<LoadedFile> {
  if (/^data:/i.test(file)) return dataFile(file, options.limit, options.tooMuch)
  const url = URL.canParse(file) ? new URL(file) : undefined
  if (url?.protocol !== 'https:') throw badRequest('"file" must be a data: or an https: URL')
  // Whoever may upload must not be able to read what only this machine can reach.
  if (isPrivate(url.hostname)) throw badRequest('"file" must be a public address')
  const load = options.fetch ?? ((input: string, init?: RequestInit) => fetch(input, init))
  const response = await load(url.href, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) }).catch(
    () => undefined,
  )
  if (!response?.ok) throw badRequest('"file" cannot be loaded')
  const name = url.pathname.split('/').at(-1)
  return {
    bytes: await readBytes(response, options.limit, options.tooMuch),
    type: response.headers.get('content-type')?.split(';')[0]?.trim() ?? '',
    ...(name ? { name: decoded(name) } : {}),
  }
}

function dataFile(url: string, limit: number, tooMuch: ApiError): LoadedFile {
  const comma = url.indexOf(',')
  if (comma === -1) throw badRequest('"file" is not a valid data: URL')
  const [type = '', ...parameters] = url.slice('data:'.length, comma).split(';')
  const text = decoded(url.slice(comma + 1))
  const isBase64 = parameters.some((each) => each.trim().toLowerCase() === 'base64')
  const bytes = isBase64 ? fromBase64(text) : new TextEncoder().encode(text)
  if (bytes.byteLength > limit) throw tooMuch
  return { bytes, type: type.trim() || 'text/plain' }
}

function fromBase64(text: string): Uint8Array {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  } catch {
    throw badRequest('"file" is not a valid data: URL')
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Names and numbers of this machine and of its own network. */
function isPrivate(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
  if (host.includes(':')) return !/^[23][0-9a-f]{3}:/i.test(host)
  if (!host.includes('.') || /\.(?:localhost|local|internal|home|lan)$/i.test(host)) return true
  const [a = 0, b = 0] = /^\d+\.\d+\.\d+\.\d+$/.test(host) ? host.split('.').map(Number) : [1]
  return (
    a === 0 ||
    a === 10 ||
    a === 127 ||
    a >= 224 ||
    (a === 100 && b >= 64 && b < 128) ||
    (a === 169 && b === 254) ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && b === 168)
  )
}
