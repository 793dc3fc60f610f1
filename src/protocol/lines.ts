/** The longest line that is read, in bytes, unless something else is said. */
export const MAX_LINE_BYTES = 4 * 1024 * 1024

const NEWLINE = 10
const NOTHING = new Uint8Array(0)

/** Why a stream of lines cannot be read any further. */
export interface LineFailure {
  /** A sentence. The line itself is not in it: it may be what somebody wrote. */
  message: string
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
 * Reads JSON Lines: one object a line, lines ended by `\n` or `\r\n`, blank ones skipped, cut anywhere into chunks.
 * Members named `__proto__`, and objects named `constructor`, are dropped.
 *
 * @param maxLineBytes a longer line is a failure. @default 4 MB
 */
export function createLineDecoder<T = unknown>(maxLineBytes: number = MAX_LINE_BYTES): LineDecoder<T> {
  // A newline byte is never part of a longer character, so whole lines can be decoded without keeping state; that is the
  // decoder's fast path. The rest of a chunk waits as bytes, and a line of many chunks is joined once.
  const decoder = new TextDecoder()
  let waiting: Uint8Array[] = []
  let waitingBytes = 0
  let failure: LineFailure | undefined

  function push(chunk: Uint8Array): T[] {
    const events: T[] = []
    if (failure) return events
    const end = chunk.lastIndexOf(NEWLINE)
    if (end >= 0) {
      readBlock(join(chunk.subarray(0, end)), events)
      wait(end + 1 < chunk.length ? chunk.subarray(end + 1) : NOTHING)
    } else wait(chunk)
    return events
  }

  function end(): T[] {
    const events: T[] = []
    if (!failure) readBlock(join(NOTHING), events)
    return events
  }

  function wait(bytes: Uint8Array): void {
    if (failure || bytes.length === 0) return
    waiting.push(bytes)
    waitingBytes += bytes.length
    if (waitingBytes > maxLineBytes) failTooLong()
  }

  function join(last: Uint8Array): Uint8Array {
    if (waiting.length === 0) return last
    const joined = new Uint8Array(waitingBytes + last.length)
    let at = 0
    for (const bytes of waiting) {
      joined.set(bytes, at)
      at += bytes.length
    }
    joined.set(last, at)
    waiting = []
    waitingBytes = 0
    return joined
  }

  function readBlock(block: Uint8Array, events: T[]): void {
    if (block.length > maxLineBytes) readLongBlock(block, events)
    else readText(decoder.decode(block), events)
  }

  /** Lines one by one, since one of them may be too long. */
  function readLongBlock(block: Uint8Array, events: T[]): void {
    for (let at = 0; at <= block.length;) {
      if (failure) return
      const newline = block.indexOf(NEWLINE, at)
      const end = newline < 0 ? block.length : newline
      if (end - at > maxLineBytes) return failTooLong()
      readText(decoder.decode(block.subarray(at, end)), events)
      at = end + 1
    }
  }

  function readText(text: string, events: T[]): void {
    const reviver = mayHoldPrototype(text) ? dropPrototype : undefined
    for (let at = 0; at <= text.length;) {
      const newline = text.indexOf('\n', at)
      const end = newline < 0 ? text.length : newline
      let line = text.slice(at, end)
      at = end + 1
      if (line.charCodeAt(0) !== 123) {
        line = line.trim()
        if (line === '') continue
        if (line.charCodeAt(0) !== 123) return fail('A line of the stream is not a JSON object.')
      }
      try {
        events.push((reviver ? JSON.parse(line, reviver) : JSON.parse(line)) as T)
      } catch {
        return fail('A line of the stream is not JSON.')
      }
    }
  }

  function fail(message: string): void {
    failure = { message }
    waiting = []
  }

  function failTooLong(): void {
    fail(`A line of the stream is longer than ${maxLineBytes} bytes.`)
  }

  return {
    push,
    end,
    get failure() {
      return failure
    },
  }
}

/** JSON from elsewhere, without members that could reach a prototype. */
export function parseSafely(text: string): unknown {
  return mayHoldPrototype(text) ? JSON.parse(text, dropPrototype) : JSON.parse(text)
}

/** Also true for names written with escapes, which hardly anything else needs. */
function mayHoldPrototype(text: string): boolean {
  return (
    text.includes('__proto__') || text.includes('constructor') || (text.includes('\\u00') && /\\u00[4-7]/.test(text))
  )
}

function dropPrototype(key: string, value: unknown): unknown {
  return key === '__proto__' || (key === 'constructor' && typeof value === 'object') ? undefined : value
}
