/** Marks of alphabets, without which a word is still the same. Vowels of Indic and Thai scripts and voiced kana are other letters, and stay. */
const MARKS = /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640]+/g
const NO_WORD = /[^\p{L}\p{N}\p{M}]+/gu
const PLAIN = /^[a-z0-9]*$/
/** Letters that no decomposition knows, as they are typed where the keyboard lacks them. */
const LETTERS: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  ς: 'σ',
}
const SPELT = /[ßæœøłđðþıς]/g

/** A word as it is compared: small letters without diacritics, in one form, and nothing but letters, digits and what belongs to them. */
export function fold(word: string): string {
  const small = word.toLowerCase()
  if (PLAIN.test(small)) return small
  return small
    .normalize('NFKD')
    .toLowerCase()
    .replace(MARKS, '')
    .replace(SPELT, (letter) => LETTERS[letter]!)
    .normalize('NFC')
    .replace(NO_WORD, '')
}
