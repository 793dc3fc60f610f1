const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyz'
const TIME_LENGTH = 8
const COUNTER_LENGTH = 4
const RANDOM_LENGTH = 12

/** Random characters of the alphabet of ids. */
export function randomText(length: number): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(length)), (byte) => ALPHABET[byte % 36]).join('')
}

/** Makes ids of 25 characters, `c` and lower-case base 36, that sort by the time they were made. */
export function createIds(now: () => number): () => string {
  let lastTime = 0
  let counter = 0
  return () => {
    const time = Math.max(now(), lastTime)
    counter = time === lastTime ? counter + 1 : 0
    lastTime = time
    return formatId(time, counter, randomText(RANDOM_LENGTH))
  }
}

/** The id of what was made at a time, as the `counter`th thing in that millisecond. `random` has 12 characters. */
export function formatId(time: number, counter: number, random: string): string {
  const digits = (value: number, length: number) => Math.floor(value).toString(36).padStart(length, '0').slice(-length)
  return `c${digits(time, TIME_LENGTH)}${digits(counter, COUNTER_LENGTH)}${random}`
}
