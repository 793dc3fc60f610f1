import { createCell } from '../../internal/index.ts'
import type { Readable } from '../../internal/index.ts'
import { formatView, parseView, tellsView, writeView } from './address.ts'
import { isSame } from './view.ts'
import type { ConversationView } from './view.ts'

/** Browsers refuse an address that changes more often than about three times a second for long. */
const WRITE_AFTER_MS = 300

/** The view that the address bar tells of; `undefined` where it says nothing of one. */
export interface AddressBar extends Readable<ConversationView | undefined> {
  /** `typing`: takes the place of the last entry of the history, a moment later; else it is an entry of its own. */
  write: (view: ConversationView, typing: boolean) => void
  /** Told when somebody else changes it: Back, Forward, or another part of the page. */
  follow: (onChange: () => void) => () => void
}

/** `fallback`: what is shown where the address says nothing; it need not be said then. */
export function createAddressBar(prefix: string, fallback: () => ConversationView): AddressBar {
  const cell = createCell<ConversationView | undefined>(undefined)
  let isRead = false
  let waiting: { timer: ReturnType<typeof setTimeout>; write: () => void } | undefined
  const read = () => {
    isRead = true
    const { search } = globalThis.location
    const found = tellsView(search, prefix) ? parseView(search, prefix) : undefined
    const known = cell.get()
    // The same object for the same view, so that what is made of it stays as well.
    if (found && known ? !isSame(found, known) : found !== known) cell.set(found)
  }
  const put = (view: ConversationView, how: 'pushState' | 'replaceState') => {
    const { location, history } = globalThis
    const explicit = formatView(view, prefix) === '' && !isSame(fallback(), {})
    const here = `${location.pathname}${location.search}${location.hash}`
    const next = writeView(here, view, prefix, { explicit })
    if (next === here) return
    try {
      // What a router keeps with the entry is its own.
      history[how](history.state, '', next || location.pathname)
      globalThis.dispatchEvent(new CustomEvent(WRITTEN, { detail: cell }))
    } catch {
      // A sandboxed page, or one that writes too often: the view holds, only its address does not.
    }
  }
  const settle = (keep: boolean) => {
    if (!waiting) return
    const { timer, write } = waiting
    clearTimeout(timer)
    waiting = undefined
    if (keep) write()
  }
  return {
    get() {
      if (!isRead) read()
      return cell.get()
    },
    subscribe: cell.subscribe,
    write(view, typing) {
      cell.set(view)
      settle(!typing)
      if (!typing) return put(view, 'pushState')
      const write = () => {
        waiting = undefined
        put(view, 'replaceState')
      }
      waiting = { timer: setTimeout(write, WRITE_AFTER_MS), write }
      return undefined
    },
    follow(onChange) {
      const again = () => {
        settle(false)
        const before = cell.get()
        read()
        if (cell.get() !== before) onChange()
      }
      const written = (event: Event) => {
        if ((event as CustomEvent).detail !== cell && !waiting) again()
      }
      const leave = () => settle(true)
      globalThis.addEventListener('popstate', again)
      globalThis.addEventListener('hashchange', again)
      globalThis.addEventListener('pagehide', leave)
      globalThis.addEventListener(WRITTEN, written)
      return () => {
        settle(true)
        globalThis.removeEventListener('popstate', again)
        globalThis.removeEventListener('hashchange', again)
        globalThis.removeEventListener('pagehide', leave)
        globalThis.removeEventListener(WRITTEN, written)
      }
    },
  }
}

const WRITTEN = 'conversation-kit:address'
