import { toPlainText } from '../../markdown/index.ts'

let speaking: AbortController | undefined

/** Some voices fall silent in the middle of a text that takes them longer than a quarter of a minute. */
const SENTENCE = /[^.!?。！？\n]+[.!?。！？\n]*/gu
const LONGEST = 220

/** Reads a text in Markdown aloud, in the language of the page, until its end or until it is stopped; whatever was being read stops. */
export function speak(text: string, speech: AbortController): void {
  speaking?.abort()
  if (speech.signal.aborted) return
  const { speechSynthesis } = globalThis
  const stop = () => speech.abort()
  const utterances = pieces(toPlainText(text)).map((piece) => {
    const utterance = new SpeechSynthesisUtterance(piece)
    utterance.lang = document.documentElement.lang
    utterance.addEventListener('error', stop)
    return utterance
  })
  if (utterances.length === 0) return stop()
  speaking = speech
  // Browsers go on reading when the page is left.
  globalThis.addEventListener('pagehide', stop, { signal: speech.signal })
  speech.signal.addEventListener('abort', () => {
    if (speaking !== speech) return
    speaking = undefined
    speechSynthesis.cancel()
  })
  utterances.at(-1)!.addEventListener('end', stop)
  speechSynthesis.cancel()
  for (const utterance of utterances) speechSynthesis.speak(utterance)
}

/** A text in pieces of a sentence or several short ones. */
export function pieces(text: string): string[] {
  const found: string[] = []
  for (const [sentence] of text.matchAll(SENTENCE)) {
    if (sentence.trim() === '') continue
    const last = found.at(-1)
    if (last !== undefined && last.length + sentence.length <= LONGEST) found[found.length - 1] = last + sentence
    else found.push(sentence)
  }
  return found
}
