/** A text to answer from: markdown or plain. */
export interface ReplyDocument {
  title: string
  text: string
  /** Where a reader can look it up. */
  url?: string
}

/** A part of a document that can be an answer. */
export interface Section {
  id: number
  title: string
  /** The heading it stands under; the title for what comes before the first one. */
  heading: string
  text: string
  url?: string
}

/** A document without headings is cut into pieces of about this many characters. */
const PIECE_LENGTH = 1200

/** Cuts documents at their headings, never inside of a code block. Empty sections are left out. */
export function toSections(documents: readonly ReplyDocument[]): Section[] {
  const sections: Section[] = []
  for (const { title, text, url } of documents) {
    for (const part of parts(title, text)) {
      sections.push({ id: sections.length, title, heading: part.heading, text: part.text, ...(url && { url }) })
    }
  }
  return sections
}

function parts(title: string, text: string): { heading: string; text: string }[] {
  const found: { heading: string; blocks: string[] }[] = [{ heading: title, blocks: [] }]
  for (const block of toBlocks(text)) {
    const heading = /^#{1,6} +(\S.*)$/.exec(block)?.[1]
    if (heading) found.push({ heading: heading.trim(), blocks: [] })
    else found.at(-1)?.blocks.push(block)
  }
  return found.flatMap(({ heading, blocks }) => pieces(blocks).map((piece) => ({ heading, text: piece })))
}

function pieces(blocks: readonly string[]): string[] {
  const made: string[] = []
  for (const block of blocks) {
    const last = made.at(-1)
    if (last !== undefined && last.length + block.length < PIECE_LENGTH) made[made.length - 1] = `${last}\n\n${block}`
    else made.push(block)
  }
  return made
}

/** Paragraphs, lists, tables and whole code blocks; each heading is a block of its own. */
export function toBlocks(text: string): string[] {
  const blocks: string[][] = [[]]
  let fence = ''
  for (const line of text.replaceAll('\r\n', '\n').split('\n')) {
    const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1] ?? ''
    if (fence !== '') {
      blocks.at(-1)?.push(line)
      if (mark.startsWith(fence)) {
        fence = ''
        blocks.push([])
      }
    } else if (mark !== '') {
      fence = mark
      blocks.push([line])
    } else if (line.trim() === '') blocks.push([])
    else if (/^#{1,6} /.test(line)) blocks.push([line], [])
    else blocks.at(-1)?.push(line)
  }
  return blocks.map((lines) => lines.join('\n')).filter((block) => block.trim() !== '')
}
