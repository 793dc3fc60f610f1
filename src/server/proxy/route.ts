import { OPERATIONS } from '../operations.ts'
import type { Operation } from '../operations.ts'

interface Pattern {
  operation: Operation
  method: string
  segments: string[]
}

/** Matched by segments, so no text of a visitor becomes a pattern. A download answers with a file, which is not the proxy's business. */
const PATTERNS: readonly Pattern[] = operationNames()
  .filter((operation) => operation !== 'attachment.download')
  .map((operation) => {
    const { method, path } = OPERATIONS[operation]
    return { operation, method, segments: path.slice(1).split('/') }
  })

function operationNames(): Operation[] {
  const isOperation = (name: string): name is Operation => Object.hasOwn(OPERATIONS, name)
  return Object.keys(OPERATIONS).filter(isOperation)
}

/** Whether the proxy can carry an operation out. */
export function isProxied(operation: unknown): boolean {
  return PATTERNS.some((pattern) => pattern.operation === operation)
}

const MAX_ID_LENGTH = 256

/** What a request asks for: an operation, a path that is known with another method, or nothing that is known. */
export type Route =
  | { kind: 'match'; operation: Operation; method: string; path: string; conversationId?: string }
  | { kind: 'method'; allow: string }
  | { kind: 'unknown' }

/** Finds the operation of a path below the base path. `path` is the encoded path as it came. */
export function matchRoute(method: string, path: string): Route {
  const segments = path.split('/').map(decodeSegment)
  if (!isWhole(segments)) return { kind: 'unknown' }
  const fitting = PATTERNS.filter((pattern) => fits(pattern.segments, segments))
  const found = fitting.find((pattern) => pattern.method === method)
  if (found) return toMatch(found, segments)
  return fitting[0] ? { kind: 'method', allow: fitting[0].method } : { kind: 'unknown' }
}

/** A segment as text, or `null` when it could mean more than one segment to somebody behind us. */
function decodeSegment(segment: string): string | null {
  let text: string
  try {
    text = decodeURIComponent(segment)
  } catch {
    return null
  }
  // oxlint-disable-next-line no-control-regex -- control characters are what is refused
  const refused = text === '' || text === '.' || text === '..' || /[/\\\u0000-\u001f\u007f]/.test(text)
  return refused || text.length > MAX_ID_LENGTH ? null : text
}

function isWhole(segments: (string | null)[]): segments is string[] {
  return !segments.includes(null)
}

function fits(pattern: string[], segments: string[]): boolean {
  return (
    pattern.length === segments.length &&
    pattern.every((part, index) => part.startsWith(':') || part === segments[index])
  )
}

function toMatch({ operation, method, segments: pattern }: Pattern, segments: string[]): Route {
  const at = pattern.indexOf(':conversationId')
  // Encoded anew from what was decoded: the path that goes out has exactly the segments that were matched.
  const path = segments.map((segment) => encodeURIComponent(segment)).join('/')
  return { kind: 'match', operation, method, path, ...(at >= 0 && { conversationId: segments[at] }) }
}
