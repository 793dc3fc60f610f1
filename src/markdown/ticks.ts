import type { Reader, Take } from './inline.ts'

export const MAX_RUN = 64
/** What ends a run of this mark. */
export const otherThan = (mark: string): RegExp => new RegExp(`[^${mark}]`)

/** How many of the mark that is here follow one another. */
export function runLength(text: string, at: number): number {
  let size = 1
  while (size < MAX_RUN && text[at + size] === text[at]) size += 1
  return size
}

/** Code in a sentence, from its first ticks. */
export function readCode(reader: Reader, text: string, final: boolean, take: Take): RegExp | undefined {
  const { part } = reader
  const { at } = part
  const size = runLength(text, at)
  if (at + size === text.length && !final) return otherThan('`')
  if (size === MAX_RUN || reader.noTicks?.has(size)) return take(at + size)
  let from = Math.max(at + size, part.searched)
  for (;;) {
    const ticks = text.indexOf('`', from)
    const found = ticks === -1 ? 0 : runLength(text, ticks)
    const atEnd = ticks + found === text.length
    if (found === size && (final || !atEnd)) {
      part.searched = 0
      return take(ticks + size, { type: 'code', text: trimCode(text.slice(at + size, ticks)) })
    }
    if (ticks === -1 || atEnd) {
      if (final) {
        ;(reader.noTicks ??= new Set()).add(size)
        return take(at + size)
      }
      part.searched = ticks === -1 ? text.length : ticks
      return ticks === -1 ? /`/ : otherThan('`')
    }
    from = ticks + found
  }
}

/** One space on either side is there to keep ticks of the code apart from the marks. */
function trimCode(text: string): string {
  const code = text.replaceAll('\n', ' ')
  return code.startsWith(' ') && code.endsWith(' ') && code.trim() !== '' ? code.slice(1, -1) : code
}
