/* eslint-disable react/no-array-index-key -- the texts have no names */
import { Markdown } from 'conversation-kit'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'

/** What the test calls in the page. */
export interface HostilePage {
  /** Shows short texts whole, then letter by letter, and gives back what should not be on the page. */
  letters: (texts: string[]) => Promise<string[]>
  /** Shows a long text whole until all of it is there, then as it grows. */
  flood: (text: string, name: string) => Promise<string[]>
  /** Shows a text until a word of it is coloured. */
  colour: (text: string, name: string) => Promise<string[]>
  /** What is to be read of a text. */
  words: (text: string) => string
  /** Something that takes this machine about as long every time. */
  work: (name: string) => Promise<void>
  /** What was run, and what the policy refused. */
  ran: string[]
}

const BEFORE = 'Read me first.'
const AFTER = 'Read me last.'
const framed = (text: string) => `${BEFORE}\n\n${text}\n\n${AFTER}`
/** The first letters of a long text come one by one, the rest in a few steps. */
const FIRST = 12
const STEPS = 2
const PATIENCE_MS = 20_000

const ran: string[] = []
Object.assign(globalThis, { hit: () => ran.push('hit()') })
document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
  ran.push(`${violatedDirective}: ${blockedURI}`),
)

const box = document.getElementById('root')!
const root = createRoot(box)
const draw = (texts: readonly string[], streaming: boolean) =>
  flushSync(() => root.render(texts.map((text, at) => <Markdown key={at} text={text} streaming={streaming} />)))

const turn = () => new Promise((resolve) => setTimeout(resolve))
const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))

async function until(isThere: () => boolean): Promise<boolean> {
  for (const end = performance.now() + PATIENCE_MS; performance.now() < end; await frame()) if (isThere()) return true
  return false
}

const FORBIDDEN =
  'script,iframe,frame,object,embed,base,meta,link,style,template,form,img,picture,source,video,audio,svg:not(.ck-icon),math,textarea,select,input:not([disabled]),[style],[src],[srcset],[action],[formaction],[ping],[poster],[background],[srcdoc]'
const SCHEMES = new Set(['http:', 'https:', 'mailto:', 'tel:'])

function* look(): Generator<string> {
  for (const element of box.querySelectorAll(FORBIDDEN)) yield element.outerHTML.slice(0, 200)
  for (const link of box.querySelectorAll<HTMLAnchorElement>('[href]')) {
    if (link.localName !== 'a' || !SCHEMES.has(link.protocol)) yield link.outerHTML.slice(0, 200)
    if (link.rel !== 'noopener noreferrer nofollow') yield `rel: ${link.rel}`
  }
}

function* lookClosely(): Generator<string> {
  yield* look()
  const ids = new Set<string>()
  for (const element of box.querySelectorAll('*')) {
    for (const name of element.getAttributeNames()) if (name.startsWith('on')) yield `${name}: ${element.localName}`
    if (element.id === '') continue
    if (ids.has(element.id)) yield `twice: ${element.id}`
    ids.add(element.id)
  }
}

async function letters(texts: string[]): Promise<string[]> {
  const wrong: string[] = []
  draw(texts.map(framed), false)
  await frame()
  wrong.push(...lookClosely())
  for (const [at, shown] of [...box.children].entries())
    for (const word of [BEFORE, AFTER])
      if (!shown.textContent.includes(word)) wrong.push(`not to be read: ${word} of ${texts[at]}`)
  draw(
    texts.map(() => ''),
    true,
  )
  const longest = Math.max(...texts.map(({ length }) => length))
  for (let end = 1; end <= longest; end += 1) {
    draw(
      texts.map((text) => text.slice(0, end)),
      true,
    )
    wrong.push(...look())
  }
  await frame()
  wrong.push(...lookClosely())
  draw([], false)
  return [...new Set(wrong)]
}

async function flood(text: string, name: string): Promise<string[]> {
  performance.mark(name)
  await turn()
  const wrong: string[] = []
  draw([framed(text)], false)
  // What is very long comes bit by bit.
  if (!(await until(() => box.textContent.includes(AFTER)))) wrong.push(`not to be read: ${AFTER}`)
  if (!box.textContent.includes(BEFORE)) wrong.push(`not to be read: ${BEFORE}`)
  wrong.push(...lookClosely())
  await turn()
  draw([''], true)
  for (let end = 1; end <= FIRST; end += 1) draw([text.slice(0, end)], true)
  for (let step = 1; step <= STEPS; step += 1) {
    await frame()
    draw([text.slice(0, Math.round((step * text.length) / STEPS))], true)
  }
  await frame()
  wrong.push(...lookClosely())
  await turn()
  draw([], false)
  await turn()
  return [...new Set(wrong)]
}

async function colour(text: string, name: string): Promise<string[]> {
  performance.mark(name)
  await turn()
  draw([text], false)
  const wrong = (await until(() => box.querySelector('.ck-token') !== null)) ? [] : ['has no colours']
  wrong.push(...lookClosely())
  await turn()
  draw([], false)
  await turn()
  return wrong
}

function words(text: string): string {
  draw([text], false)
  return box.textContent
}

async function work(name: string): Promise<void> {
  performance.mark(name)
  await turn()
  const words = Array.from({ length: 20_000 }, (_, at) => `word ${(at * 31) % 977}`)
  for (let at = 0; at < 10; at += 1) words.sort((a, b) => (a < b ? at - 5 : 5 - at))
  await turn()
}

Object.assign(globalThis, { hostile: { letters, flood, colour, words, work, ran } satisfies HostilePage })
