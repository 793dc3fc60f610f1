import { hasOwnKeys, isDialogOpen, isElement, isForTarget, isTyping, worksWhileTyping } from './focus.ts'
import type { Command } from './commands.ts'
import { isMac, isSingle, matchesKeys } from './keys.ts'
import { keysFor } from './settings.ts'
import type { KeySettings } from './settings.ts'

/** On the part of a page that was used last: by a press, or because it has had the focus. */
const LAST = 'data-ck-last-used'
const SCOPE = '[data-ck="shortcuts"]'

/** Runs what a key press asks for, as long as the focus is in `root`, or nowhere and `root` was used last. Gives what ends it. */
export function listenForKeys(
  root: HTMLElement,
  commandsNow: () => readonly Command[],
  settingsNow: () => KeySettings,
): () => void {
  const document = root.ownerDocument
  const onUse = () => {
    if (root.hasAttribute(LAST)) return
    // The page itself knows which one it is, so that two parts of it need not know one another.
    for (const other of document.querySelectorAll(`[${LAST}]`)) other.removeAttribute(LAST)
    root.setAttribute(LAST, '')
  }
  const isActive = (path: readonly EventTarget[]) => {
    if (path.includes(root)) return true
    const [target] = path
    const isNowhere = !isElement(target) || target === document.body || target === document.documentElement
    return isNowhere && (document.querySelector(`[${LAST}]`) ?? document.querySelector(SCOPE)) === root
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // 229: some browsers say so of the key that ends a composition, and no more.
    if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return
    const path = event.composedPath()
    const [target] = path
    if (!isActive(path) || hasOwnKeys(target) || isDialogOpen(document)) return
    const found = findCommand(event, target, commandsNow(), settingsNow())
    if (!found) return
    event.preventDefault()
    if (!event.repeat || found.repeat) found.run()
  }
  root.addEventListener('pointerdown', onUse, true)
  root.addEventListener('focusin', onUse)
  document.addEventListener('keydown', onKeyDown)
  return () => {
    root.removeEventListener('pointerdown', onUse, true)
    root.removeEventListener('focusin', onUse)
    document.removeEventListener('keydown', onKeyDown)
  }
}

function findCommand(
  event: KeyboardEvent,
  target: EventTarget | undefined,
  commands: readonly Command[],
  settings: KeySettings,
): Command | undefined {
  const mac = isMac()
  const typing = isTyping(target)
  return commands.find(
    (command) =>
      !command.disabled &&
      keysFor(command, settings).some(
        (keys) =>
          matchesKeys(keys, event, mac) &&
          (settings.single || !isSingle(keys)) &&
          (!typing || worksWhileTyping(keys)) &&
          !isForTarget(keys, target),
      ),
  )
}
