/** Whether this is a page or a worker of one: a place whose code and memory everyone who opens it can read. */
export function isBrowser(): boolean {
  return typeof document !== 'undefined' || (globalThis.navigator?.userAgent ?? '').startsWith('Mozilla/')
}

/** The address of the page, for what is relative to it. */
export function pageAddress(): string | undefined {
  return globalThis.document?.baseURI ?? globalThis.location?.href
}

/** A URL, or undefined where it is none. `URL.canParse` is too young. */
export function parseUrl(input: string, base?: string | URL): URL | undefined {
  try {
    return new URL(input, base)
  } catch {
    return undefined
  }
}
