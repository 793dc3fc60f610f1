/** The longest line that is read, in UTF-16 code units, unless something else is said: 4 MB of English. */
export const MAX_LINE_LENGTH = 4 * 1024 * 1024

const OPENING_BRACE = 123
/** A beginning that is put before its next chunk at once; a longer one is kept until its line ends, as it would be copied with each. */
const SHORT = 512
const NOT_AN_OBJECT = 'A line of the stream is not a JSON object.'

/** Why a stream of lines cannot be read any further. */
export interface LineFailure {
  /** A sentence. The line itself is not in it: it may be what somebody wrote. */
  message: string
  /** Whether it is the beginning of an object, at the very end: the stream was cut rather than wrong. */
  cut?: boolean
}

/** Bytes in, objects out. */
export interface LineDecoder<T> {
  /** Takes the next bytes and gives the objects of all lines that end in them. */
  push(chunk: Uint8Array): T[]
  /** Gives the object of a last line without a newline. */
  end(): T[]
  /** Set when a line was not a JSON object or too long. What came before it was given; nothing is read after it. */
  readonly failure: LineFailure | undefined
}

/**
 * Reads JSON Lines: one object a line, lines ended by `\n` or `\r\n`, blank and padded ones allowed, cut anywhere into chunks.
 * Members named `__proto__`, and objects named `constructor`, are dropped.
 *
 * @param maxLineLength a longer line is a failure. @default {@link MAX_LINE_LENGTH}
 */
export function createLineDecoder<T = unknown>(maxLineLength: number = MAX_LINE_LENGTH): LineDecoder<T> {
  const decoder = new TextDecoder()
  // The beginning of a line whose end is still to come. Engines join such strings when they are read, so a line of many chunks
  // costs its own length.
  let waiting = ''
  let failure: LineFailure | undefined
  let atEnd = false

  function read(text: string): T[] {
    const events: T[] = []
    if (failure) return events
    if (waiting.length < SHORT) {
      text = waiting + text
      waiting = ''
    }
    const reviver = reviverFor(text)
    let at = 0
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', at)) {
      const line = waiting + text.slice(at, end)
      readLine(line, waiting ? reviverFor(line) : reviver, events)
      if (failure) return events
      waiting = ''
      at = end + 1
    }
    waiting += text.slice(at)
    if (waiting.length > maxLineLength) failTooLong()
    return events
  }

  function readLine(line: string, reviver: Reviver | undefined, events: T[]): void {
    if (line.length > maxLineLength) return failTooLong()
    if (line.charCodeAt(0) !== OPENING_BRACE) {
      line = line.trim()
      if (line === '') return
      if (line.charCodeAt(0) !== OPENING_BRACE) return fail(NOT_AN_OBJECT)
    }
    try {
      events.push((reviver ? JSON.parse(line, reviver) : JSON.parse(line)) as T)
    } catch {
      fail(NOT_AN_OBJECT, atEnd)
    }
  }

  function fail(message: string, cut = false): void {
    failure = { message, cut }
    waiting = ''
  }

  function failTooLong(): void {
    fail(`A line of the stream is longer than ${maxLineLength} characters.`)
  }

  return {
    push: (chunk) => read(decoder.decode(chunk, { stream: true })),
    end: () => {
      atEnd = true
      return read(`${decoder.decode()}\n`)
    },
    get failure() {
      return failure
    },
  }
}

/** JSON from elsewhere, without members that could reach a prototype. */
export function parseSafely(text: string): unknown {
  return JSON.parse(text, reviverFor(text))
}

type Reviver = (key: string, value: unknown) => unknown

/** A reviver makes parsing several times slower, so it is used only where the text may hold one of the names. */
function reviverFor(text: string): Reviver | undefined {
  const suspicious =
    text.includes('__proto__') ||
    // A search goes by the first letter: `c` is in every event, `s` in few.
    (text.includes('structor') && text.includes('constructor')) ||
    // The names can be written with escapes, which hardly anything else needs for letters.
    (text.includes('\\u00') && /\\u00[4-7]/.test(text))
  return suspicious ? dropPrototype : undefined
}

function dropPrototype(key: string, value: unknown): unknown {
  return key === '__proto__' || (key === 'constructor' && typeof value === 'object') ? undefined : value
}
