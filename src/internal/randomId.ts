/** An id that nobody else has. Not `crypto.randomUUID`: a page that came without TLS has none. */
export const randomId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
