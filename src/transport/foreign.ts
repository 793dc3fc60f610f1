const LONGEST_MESSAGE = 300

/** Whether something from elsewhere can be a code. */
export function isCode(code: unknown): code is string {
  return typeof code === 'string' && /^[\w.-]{1,64}$/.test(code)
}

/** A sentence from elsewhere, made fit to be shown. */
export function clean(sentence: string, repeated: readonly string[] = []): string {
  let text = sentence
  for (const words of repeated) if (words) text = text.replaceAll(words, '…')
  text = text.replace(/[\s\p{Cc}]+/gu, ' ').trim()
  return text.length > LONGEST_MESSAGE ? `${text.slice(0, LONGEST_MESSAGE)}…` : text
}
