const SCHEMES: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:', 'tel:'])

/** The address of a link that may be followed: a whole one, of a scheme that runs nothing. `undefined` for every other. */
export function safeHref(address: string): string | undefined {
  // Parsers of addresses drop control characters, so `java\nscript:` would be one word to them.
  // eslint-disable-next-line no-control-regex
  if (address === '' || /[\u0000-\u0020\u007F]/.test(address)) return undefined
  try {
    const url = new URL(address)
    return SCHEMES.has(url.protocol) ? url.href : undefined
  } catch {
    return undefined
  }
}
