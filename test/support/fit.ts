import { piecesOf } from './catalogue.ts'
import { pseudo } from './pseudo.ts'

/** Reads a word of the catalogue as another language may say it: longer by 40 %. */
const lengthened = (text: string) =>
  piecesOf(text)
    .map((piece) => (piece.ours ? pseudo(piece.text) : piece.text))
    .join('')

/** Puts longer words in the place of those that are on the page. */
export function lengthenWords(): void {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const text = texts.currentNode as Text
    const longer = lengthened(text.data)
    if (longer !== text.data) text.data = longer
  }
  for (const field of document.querySelectorAll<HTMLTextAreaElement | HTMLInputElement>('[placeholder]'))
    field.placeholder = lengthened(field.placeholder)
}

/** What has a bar to scroll it by is as wide as it likes inside; what is only heard is as wide as a dot. */
function isMeasured(element: Element): boolean {
  if (!element.checkVisibility() || element.closest('.ck-hidden, .ck-status')) return false
  for (let around = element.parentElement; around; around = around.parentElement) {
    const { overflowX, clip, clipPath } = getComputedStyle(around)
    if (/auto|scroll/.test(overflowX) && !around.matches('.ck-viewport')) return false
    if (clip !== 'auto' || clipPath !== 'none') return false
  }
  return true
}

const ROUNDING_PX = 1.5

/** A story may show several chats beside one another; the kit promises nothing below this. */
const NARROWEST_PX = 280

/** Parts of the kit that stand out of the window or of the chat, and buttons that are smaller than their words. */
export function tooLarge(): string[] {
  const wrong: string[] = []
  const say = (what: string, element: Element) =>
    wrong.push(
      `${what}: <${element.tagName.toLowerCase()} class="${element.className}"> ${element.textContent?.slice(0, 60)}`,
    )
  for (const element of document.querySelectorAll('[class*="ck-"]:not(svg, svg *)')) {
    if (!isMeasured(element)) continue
    const { left, right } = element.getBoundingClientRect()
    const root = element.parentElement?.closest('.ck-root, .ck-conversations')?.getBoundingClientRect()
    if (root && root.width < NARROWEST_PX - ROUNDING_PX) continue
    const edge = { left: Math.max(0, root?.left ?? 0), right: root?.right ?? document.documentElement.clientWidth }
    if (left < edge.left - ROUNDING_PX || right > edge.right + ROUNDING_PX) say('stands out', element)
    if (!element.matches('button, a, summary, label') || !element.textContent?.includes('⟦')) continue
    const { scrollWidth, clientWidth, scrollHeight, clientHeight } = element
    if (scrollWidth > clientWidth + ROUNDING_PX) say('is narrower than its words', element)
    else if (scrollHeight > clientHeight + ROUNDING_PX) say('is lower than its words', element)
  }
  return wrong
}
