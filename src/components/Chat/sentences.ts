/** Says a text that is still being written, in whole sentences. */
export interface Reader {
  /** The text as far as it is written. */
  read: (text: string) => void
  /** The text is all there: what is left is said too. */
  end: (text: string) => void
  /** Says nothing more. */
  stop: () => void
}

export interface ReaderOptions {
  say: (words: string) => void
  /** From what is written to what is said. */
  toPlainText: (markdown: string) => string
  locale: string
}

/** A voice says about 15 letters a second. What is said before that voice has ended would cut it off. */
const LETTER_MS = 65
const SHORTEST_MS = 1200
const LONGEST_MS = 12_000
/** Until it has been said that an answer comes. */
const FIRST_MS = 1500

/** Reads no faster than one listens: what was written in the meantime is said in one go. */
export function createReader({ say, toPlainText, locale }: ReaderOptions): Reader {
  let written = ''
  let said = ''
  let ended = false
  let stopped = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const speak = () => {
    timer = undefined
    if (stopped) return
    const text = toPlainText(written)
    // Marks that close later may change what came before them; what has been said stays said.
    const rest = text.slice(text.startsWith(said) ? said.length : commonLength(text, said))
    const ready = ended ? rest : closedSentences(rest, locale)
    if (ready.trim() === '') return
    said = text.slice(0, text.length - rest.length) + ready
    const words = ready.trim()
    say(words)
    timer = setTimeout(speak, Math.min(LONGEST_MS, Math.max(SHORTEST_MS, words.length * LETTER_MS)))
  }
  const read = (text: string) => {
    written = text
    // A burst of tokens is looked at once.
    timer ??= setTimeout(speak, said ? 100 : FIRST_MS)
  }
  return {
    read,
    end(text) {
      ended = true
      read(text)
    },
    stop() {
      stopped = true
      clearTimeout(timer)
    },
  }
}

/** All of a text but its last sentence, which may go on. Without the browser's help: all but its last line. */
function closedSentences(text: string, locale: string): string {
  if (!Intl.Segmenter) return text.slice(0, text.lastIndexOf('\n') + 1)
  let last = 0
  for (const { index } of new Intl.Segmenter(locale, { granularity: 'sentence' }).segment(text)) last = index
  return text.slice(0, last)
}

function commonLength(one: string, two: string): number {
  let length = 0
  while (length < two.length && one[length] === two[length]) length += 1
  return length
}
