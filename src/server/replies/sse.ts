/** One line of a stream of server-sent events may not be longer. */
const MAX_LINE_LENGTH = 4_000_000

/**
 * The `data` of each server-sent event, however the bytes are split: lines end with LF, CR or CRLF, characters may be torn,
 * comments and other fields are skipped, and the last event counts without its blank line.
 */
export async function* sseData(body: ReadableStream<Uint8Array>): AsyncGenerator<string, void, undefined> {
  let data: string[] = []
  for await (const line of lines(body)) {
    if (line === '') {
      if (data.length > 0) yield data.join('\n')
      data = []
    } else if (line.startsWith('data:')) data.push(line.slice(line[5] === ' ' ? 6 : 5))
    else if (line === 'data') data.push('')
  }
  if (data.length > 0) yield data.join('\n')
}

async function* lines(body: ReadableStream<Uint8Array>): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of body) {
    const text = rest + decoder.decode(chunk, { stream: true })
    // A CR at the very end may be the first half of a CRLF: it waits for what follows.
    const parts = text.split(/\r\n|\n|\r(?!$)/)
    rest = parts.pop()!
    if (rest.length > MAX_LINE_LENGTH) throw new RangeError('A line of the stream is too long.')
    yield* parts
  }
  rest += decoder.decode()
  if (rest !== '') yield* rest.split('\r')
}
