/** What HTML cannot hold in any way: NUL, and halves of letters, which UTF-8 has no bytes for. */
const UNHELD = /[\0\p{Cs}]/gu

/** Whether a text is the same when it is read back from HTML, also when a browser has saved it: that writes a carriage return as it is. */
export const isHeld = (text: string): boolean => text.search(/[\0\r\p{Cs}]/u) === -1

/** A text as it stands in HTML, between tags or in an attribute with double quotes. */
export const escapeHtml = (text: string): string =>
  text
    .replaceAll(UNHELD, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
    // By itself it would be read as the end of a line.
    .replaceAll('\r', '&#13;')

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: '\u00A0' }

/** The text that stands in HTML, as we write it or as a browser saves it. */
export const unescapeHtml = (html: string): string =>
  html
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/&(?:#(\d{1,7})|(amp|lt|gt|quot|nbsp));/g, (_, code: string | undefined, name: string) =>
      code === undefined ? NAMED[name]! : String.fromCodePoint(Math.min(Number(code), 0x10ffff)),
    )

/** The text of a data attribute that holds a value as JSON. In it nothing is left that HTML cannot hold. */
export const dataOf = (value: unknown): string => escapeHtml(JSON.stringify(value))
