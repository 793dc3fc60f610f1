/** Said by `Intl`, which knows every language. */
const written = new Set<string>()

/** Said by the network, by whatever reads it. */
const heard = new Map<TextDecoder, string>()

type Format = (...given: unknown[]) => string

/** From here on dates and numbers as `Intl` writes them are known. */
function listenToIntl(): void {
  const listened = (format: Format): Format =>
    function listening(this: unknown, ...given) {
      const text = format.apply(this, given)
      written.add(text)
      return text
    }
  for (const { prototype } of [Intl.RelativeTimeFormat, Intl.ListFormat]) {
    const { format } = prototype as unknown as { format: Format }
    Object.assign(prototype, { format: listened(format) })
  }
  // These give a function that is bound to its formatter.
  for (const { prototype } of [Intl.DateTimeFormat, Intl.NumberFormat]) {
    const found = Object.getOwnPropertyDescriptor(prototype, 'format')
    Object.defineProperty(prototype, 'format', {
      configurable: true,
      get(this: unknown) {
        return listened(found?.get?.call(this) as Format)
      },
    })
  }
}

/** From here on what the server of a story says is known. */
function listenToTheNetwork(): void {
  class Listening extends TextDecoder {
    override decode(...given: Parameters<TextDecoder['decode']>): string {
      const text = super.decode(...given)
      heard.set(this, (heard.get(this) ?? '') + text)
      return text
    }
  }
  globalThis.TextDecoder = Listening
}

let listens = false

/** To hear a word twice is to hear another one: who asks again, of the same page, is heard already. */
export function listen(): void {
  if (listens) return
  listens = true
  listenToIntl()
  listenToTheNetwork()
}

function* stringsIn(value: unknown, seen = new Set<object>()): Generator<string> {
  if (typeof value === 'string' || typeof value === 'number') yield String(value)
  if (typeof value !== 'object' || value === null || seen.has(value)) return
  seen.add(value)
  for (const inside of Object.values(value)) yield* stringsIn(inside, seen)
}

/** A body and the lines of a stream as the texts in them; the tokens of a stream as one. */
function* textsOf(body: string): Generator<string> {
  let answer = ''
  for (const line of [body, ...body.split('\n')]) {
    try {
      const value: unknown = JSON.parse(line)
      yield* stringsIn(value)
      // A function's arguments are shown with their names.
      yield line
      const { data } = value as { data?: { token?: unknown } }
      if (typeof data?.token === 'string') answer += data.token
    } catch {
      // Half a line, or a file: nobody's words.
    }
  }
  yield answer
}

/** Words alone, so that a text in Markdown is found again in what it was written as. */
const bare = (text: string) => {
  const words = text
    .normalize()
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
  return ` ${words.filter(Boolean).join(' ')}`
}

/** What the network has said so far is of the past. */
export function forgetTheNetwork(): void {
  heard.clear()
}

/** Whether a text is of the given ones, or of what has been said by the network, by `Intl`. Half a text is: it may be on its way. */
export function knownWords(given: unknown): (text: string) => boolean {
  const theirs = [...stringsIn(given), ...written, ...[...heard.values()].flatMap((body) => Array.from(textsOf(body)))]
  const all = theirs.map(bare).join('\n')
  return (text) => text.split('\n').every((line) => all.includes(bare(line)))
}
