import type { Inline, Part, Take } from './inline.ts'
import { ANY, matchAt, MAX_ADDRESS, safeHref } from './links.ts'

const HOST = /[a-z\d-][\w.-]{0,254}/iy

export const mailTo = (address: string): Inline => ({
  type: 'link',
  href: `mailto:${address}`,
  children: [address],
})

/** `https://…` and `www.…` in plain text, from its first mark. */
export function readBare(part: Part, text: string, final: boolean, take: Take): RegExp | undefined {
  const { at, plain } = part
  const isWeb = text[at] === '.'
  const before = (isWeb ? /(?<![a-z\d])www$/i : /(?<![a-z\d])https?$/i).exec(plain.slice(-6))
  const mark = text.slice(at, at + (isWeb ? 1 : 3))
  if (before && mark.length < 3 && !final && '://'.startsWith(mark)) return ANY
  if (!before || (!isWeb && mark !== '://')) return take(at + 1)
  const start = at - before[0].length
  let end = at + mark.length
  // In brackets it is the words of a link, most likely. No address goes on over the punctuation of Chinese or Japanese.
  const stop =
    part.brackets.length > 0 ? /[\s<>`*|"\u3000-\u303f\uff00-\uff65\]]/ : /[\s<>`*|"\u3000-\u303f\uff00-\uff65]/
  while (end < text.length && end - at < MAX_ADDRESS && !stop.test(text[end]!)) end += 1
  // It becomes a link when it is known where it leads.
  if (end === text.length && !final) return stop
  end = withoutPunctuation(text, start, end)
  const href = safeHref(`${isWeb ? 'https://' : ''}${text.slice(start, end)}`)
  if (href === undefined || end <= at + mark.length) return take(at + 1)
  part.plain = plain.slice(0, -before[0].length)
  return take(end, { type: 'link', href, children: [text.slice(start, end)] })
}

/** What punctuation follows an address is not part of it; `…/Foo_(bar)` keeps its parenthesis. */
function withoutPunctuation(text: string, start: number, from: number): number {
  let end = from
  let depth = 0
  for (let at = start; at < end; at += 1) depth += text[at] === '(' ? 1 : text[at] === ')' ? -1 : 0
  for (; end > start; end -= 1) {
    const char = text[end - 1]!
    if (char === ')' ? depth >= 0 : !/[.,:;!?'"\]}_~]/.test(char)) break
    if (char === ')') depth += 1
  }
  return end
}

/** `name@host.tld` in plain text, from its `@`. */
export function readMail(part: Part, text: string, final: boolean, take: Take): RegExp | undefined {
  const { at, plain } = part
  const name = /[\w.+-]+$/.exec(plain.slice(-64))?.[0]
  if (name && at + 1 === text.length && !final) return ANY
  const host = name && matchAt(HOST, text, at + 1)?.[0]
  if (!name || !host) return take(at + 1)
  if (at + 1 + host.length === text.length && !final) return /[^\w.-]/
  const address = name + text[at]! + host.replace(/\.$/, '')
  if (!/\.[\w-]*[a-z\d]$/i.test(address.slice(name.length))) return take(at + 1)
  part.plain = plain.slice(0, -name.length)
  return take(at - name.length + address.length, mailTo(address))
}
