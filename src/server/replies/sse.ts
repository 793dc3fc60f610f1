/** What is kept in memory of one line. */
export const MAX_LINE_LENGTH = 4_000_000

/**
 * The `data` of each server-sent event, however the bytes are split: lines end with LF, CR or CRLF, characters may be torn,
 * comments and other fields are skipped, and the last event counts without its blank line.
 * @throws RangeError when a line is longer than {@link MAX_LINE_LENGTH}
 */
export async function* sseData(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string, void, undefined> {
  let data: string[] = []
  for await (const line of lines(chunks)) {
    if (line === '') {
      if (data.length > 0) yield data.join('\n')
      data = []
    } else if (line.startsWith('data:')) data.push(line.slice(line[5] === ' ' ? 6 : 5))
    else if (line === 'data') data.push('')
  }
  if (data.length > 0) yield data.join('\n')
}

async function* lines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder()
  // The line so far in the pieces it came in: joined once, when it ends, so that a long line costs what its length costs.
  let pieces: string[] = []
  let length = 0
  for await (const chunk of chunks) {
    const text = decoder.decode(chunk, { stream: true })
    const heldBack = pieces.at(-1)?.endsWith('\r') ?? false
    if (heldBack || /[\r\n]/.test(text)) {
      // A CR at the very end may be the first half of a CRLF: it waits for what follows.
      const parts = (pieces.join('') + text).split(/\r\n|\n|\r(?!$)/)
      pieces = [parts.pop()!]
      length = pieces[0]!.length
      yield* parts
    } else {
      pieces.push(text)
      length += text.length
    }
    if (length > MAX_LINE_LENGTH) throw new RangeError('A line of the stream is too long.')
  }
  const rest = pieces.join('') + decoder.decode()
  if (rest !== '') yield* rest.split('\r')
}
