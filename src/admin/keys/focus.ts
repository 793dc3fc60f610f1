import { parseKeys } from './keys.ts'

/** Inputs into which nothing is typed. */
const PRESSED = new Set(['button', 'checkbox', 'color', 'file', 'image', 'radio', 'range', 'reset', 'submit'])

const TYPED =
  'textarea, select, [contenteditable]:not([contenteditable="false" i]), [role="textbox"], [role="searchbox"], [role="combobox"], [role="spinbutton"], [role="application"]'

/** Whether keys write into what has the focus. `target`: the innermost one, also inside of a shadow root. */
export function isTyping(target: EventTarget | null | undefined): boolean {
  if (!isElement(target)) return false
  if (target.localName === 'input') return !PRESSED.has((target.getAttribute('type') ?? 'text').toLowerCase())
  if (target.closest(TYPED)) return true
  if ((target as HTMLElement).isContentEditable || target.ownerDocument.designMode === 'on') return true
  // What is behind a closed shadow root nobody can see; it may be a field.
  return target.localName.includes('-') && !target.shadowRoot && target.matches(':focus')
}

/** What Ctrl or ⌘ and these do to a text is done by the field. */
const EDITING = new Set(['a', 'b', 'c', 'i', 'u', 'v', 'x', 'y', 'z', 'Backspace', 'Delete', 'End', 'Enter', 'Home'])

/** Whether a shortcut may run while somebody types: with Ctrl or ⌘, where that does not edit the text. */
export function worksWhileTyping(text: string): boolean {
  const keys = parseKeys(text)
  if (!keys || !(keys.mod || keys.ctrl || keys.meta) || keys.alt) return false
  return !EDITING.has(keys.key) && !keys.key.startsWith('Arrow')
}

const PRESSABLE =
  'button, a[href], area[href], summary, input, label, audio, video, [role="button"], [role="link"], [role="checkbox"], [role="switch"], [role="radio"], [role="tab"], [role="option"], [role="treeitem"], [role^="menuitem"]'
const WALKED =
  'input, audio, video, [role="radio"], [role="tab"], [role="option"], [role="listbox"], [role="treeitem"], [role="tree"], [role="grid"], [role="gridcell"], [role="row"], [role="slider"], [role="scrollbar"], [role="separator"], [role="menu"], [role="menubar"], [role="toolbar"], [role^="menuitem"]'
const WALKING = new Set(['ArrowDown', 'ArrowUp', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'PageUp', 'PageDown'])

/** Whether a key without modifiers is for what has the focus: a button is pressed by Enter, a slider is moved by arrows. */
export function isForTarget(text: string, target: EventTarget | null | undefined): boolean {
  const keys = parseKeys(text)
  if (!keys || !isElement(target) || keys.mod || keys.ctrl || keys.meta || keys.alt) return false
  if (keys.key === 'Enter' || keys.key === ' ') return target.closest(PRESSABLE) !== null
  return WALKING.has(keys.key) && (target.matches(WALKED) || scrolls(target))
}

/** A part of the page that is scrolled by arrows once it has the focus. */
function scrolls(element: Element): boolean {
  const { body, documentElement } = element.ownerDocument
  if (element === body || element === documentElement || element.scrollHeight <= element.clientHeight) return false
  return /auto|scroll/.test(getComputedStyle(element).overflowY)
}

const DIALOGS = 'dialog[open], [aria-modal="true"], [role="dialog"], [role="alertdialog"]'

/** Whether a dialog is open, of whomever: then keys are its own. What floats beside the page and is of the kit is none. */
export function isDialogOpen(document: Document): boolean {
  return [...document.querySelectorAll(DIALOGS)].some((dialog) => {
    const isModal = dialog.matches('dialog[open], [aria-modal="true"]')
    if (!isModal && (dialog.hasAttribute('data-ck') || dialog.closest('[class^="ck-"]'))) return false
    return !('checkVisibility' in dialog) || dialog.checkVisibility()
  })
}

/** Within this, keys are not those of the inbox around it. */
export const OWN_KEYS = { 'data-ck-keys': 'own' } as const

export const hasOwnKeys = (target: EventTarget | null | undefined): boolean =>
  isElement(target) && target.closest('[data-ck-keys="own"]') !== null

// Not `instanceof`: an element of a frame is of another one's class.
export const isElement = (target: EventTarget | null | undefined): target is Element =>
  target !== null && target !== undefined && (target as Partial<Node>).nodeType === 1
