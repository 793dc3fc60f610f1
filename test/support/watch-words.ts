import { piecesOf } from './catalogue.ts'
import { forgetTheNetwork, knownWords } from './known-words.ts'

/** What is read aloud or shown besides text. */
const SPOKEN = [
  'alt',
  'aria-description',
  'aria-label',
  'aria-placeholder',
  'aria-roledescription',
  'aria-valuetext',
  'placeholder',
  'title',
]

/** By its class: Storybook has a “block-code”. */
const OURS = '[class^="ck-"], [class*=" ck-"]'

const LETTER = /\p{L}/u

/** Watches everything that is shown inside of the kit, also for a moment, and tells what is neither of the catalogue nor of the reader. */
export function watchWords() {
  const shown = new Map<string, string>()
  const typed: string[] = []
  // What the story before has left is still there until this one begins, and its programs may get their colours by then.
  const past = [...document.body.children].filter((box) => box.querySelector(OURS))
  forgetTheNetwork()

  const see = (kind: string, text: string, element: Element | null) => {
    if (!LETTER.test(text) || !element?.closest(OURS) || past.some((box) => box.contains(element))) return
    for (const { text: piece, ours } of piecesOf(text))
      if (!ours && LETTER.test(piece))
        shown.set(piece, `${kind} of <${element.tagName.toLowerCase()} class="${element.className}">: ${piece.trim()}`)
  }
  const seeAttribute = (element: Element, name: string) => see(name, element.getAttribute(name) ?? '', element)
  const seeAll = (node: Node) => {
    if (node instanceof Text) see('text', node.data, node.parentElement)
    if (!(node instanceof Element)) return
    for (const name of SPOKEN) seeAttribute(node, name)
    for (const child of node.childNodes) seeAll(child)
  }
  const observer = new MutationObserver((changes) => {
    for (const { type, target, attributeName, addedNodes } of changes) {
      if (type === 'attributes') seeAttribute(target as Element, attributeName ?? '')
      else if (type === 'characterData') seeAll(target)
      else addedNodes.forEach(seeAll)
    }
  })
  const filesOf = (event: Event) =>
    (event as DragEvent).dataTransfer?.files ??
    (event as ClipboardEvent).clipboardData?.files ??
    (event.target as HTMLInputElement).files ??
    []
  const onTyped = (event: Event) => {
    if (event.target instanceof HTMLTextAreaElement || event.target instanceof HTMLInputElement)
      typed.push(event.target.value)
    for (const { name } of filesOf(event)) typed.push(name)
  }
  const events = ['input', 'change', 'drop', 'paste']
  for (const name of events) document.addEventListener(name, onTyped, true)
  observer.observe(document.body, {
    subtree: true,
    childList: true,
    characterData: true,
    attributeFilter: SPOKEN,
  })
  return {
    /** Where a word stands that is of nobody. `given` holds the words the story gives. */
    strangers(given: unknown): string[] {
      seeAll(document.body)
      const known = knownWords([given, typed])
      return [...shown].filter(([text]) => !known(text)).map(([, where]) => where)
    },
    stop() {
      observer.disconnect()
      for (const name of events) document.removeEventListener(name, onTyped, true)
    },
  }
}
