import type { ThreadView } from '../../hooks/index.ts'
import { createCell, whenIdle } from '../../internal/index.ts'
import type { Cell } from '../../internal/index.ts'
import { createHeights } from '../rows/heights.ts'
import { driftOf, placeOf } from '../rows/place.ts'
import type { Place } from '../rows/place.ts'
import { createRows } from '../rows/rows.ts'
import type { Rows, Why } from '../rows/rows.ts'
import { createUnread } from './unread.ts'
import type { Unread } from './unread.ts'
import { lastRows } from '../rows/window.ts'
import type { Span } from '../rows/window.ts'

/** How near the end counts as being there again, in px. Scrolling up by less already lets go. */
const NEAR_PX = 24
/** Below this a fraction of a pixel, as zoomed screens have, is not a movement. */
const SLACK_PX = 2
/** Without a movement for this long the reader has come to rest. */
const REST_MS = 150

/** What happens when something was sent: the end is followed, or the question goes to the top and the answer grows below it. */
export type FollowMode = 'end' | 'answer'

/** The place of a reader in a scrolling thread: at the end, which is followed, or somewhere above, which is held. */
export interface Follow {
  /** Whether the view is at the end and goes on with it. */
  readonly following: Cell<boolean>
  readonly rows: Rows
  readonly unread: Unread
  /** Begins to watch a viewport; the function returned ends it. */
  attach: (viewport: HTMLElement, onNearTop: () => void) => () => void
  /** Goes to the end and follows it from now on. */
  toEnd: () => void
  /** Goes to the top, and stays there whatever the first messages turn out to measure; what is older then comes above what is read. */
  toTop: () => void
  /** Something was sent. */
  sent: () => void
  setMode: (mode: FollowMode) => void
  /** Names what is shown: another conversation is opened at its end. */
  open: (conversationId: string | null) => void
  /** Told when rows have come to the page or left it, before it is painted. */
  committed: (list: HTMLElement | null, view: ThreadView, keys: readonly string[], spans: readonly Span[]) => void
  /** Takes the focus to the message before or after the one that has it, or to the first or last: -1, 1, -Infinity, Infinity. */
  focus: (step: number) => void
  /** Takes the focus to a message. */
  focusOn: (index: number) => void
}

export function createFollow(): Follow {
  const following = createCell(true)
  const rows = createRows(createHeights(), lastRows)
  const unread = createUnread()
  let viewport: HTMLElement | undefined
  let place: Place = []
  /** How the viewport was when it was last looked at: `scrollTop` and `clientHeight`. */
  let lastTop = 0
  let lastView = 0
  /** How far the view has moved last, in px; 0 at rest. */
  let moving = 0
  /** Whether the reader asked for the top, and is there since. */
  let atTop = false
  /** A movement that the browser has still to tell of. */
  let foreseen = false
  let shown: string | null = null
  let mode: FollowMode = 'end'
  let view: ThreadView | undefined
  let keys: readonly string[] = []
  let asking = false
  /** The question that is to stand at the top, and the room under its answer, in px. */
  let asked: string | undefined
  let topmost: string | undefined
  let space = 0
  /** The message that gets the focus once it is on the page. */
  let wanted = -1
  let lineSeen = false
  /** The conversation whose rows beyond the view were made, or are about to be, while nobody waits. */
  let ahead: string | null | undefined
  /** Whether the rows of the end are on their way. */
  let jumping = false

  const attentive = () => following.get() && viewport !== undefined && viewport.clientHeight > 0 && !document.hidden
  const see = () => view && unread.rows(view, keys, attentive())

  /** Looks at what the reader did; gives how far it went, in px. */
  const notice = (viewport: HTMLElement): number => {
    const top = viewport.scrollTop
    const moved = top - lastTop
    // Our own doing; what has moved since then is still to be settled.
    if (moved === 0) return 0
    if (top > 0) atTop = false
    const below = viewport.scrollHeight - viewport.clientHeight - top
    if (below <= SLACK_PX || (moved > 0 && below <= NEAR_PX)) {
      if (space === 0) asked = undefined
      following.set(true)
    } else if (moved < 0) following.set(false)
    moving = moved
    lastTop = top
    return moved
  }

  /** The same before the browser tells of it. When the thread has become too short for where the view was, it is the browser that moved. */
  const foresee = (viewport: HTMLElement): number => {
    if (viewport.clientHeight !== lastView || lastTop > viewport.scrollHeight - lastView + 1) return 0
    const moved = notice(viewport)
    if (moved !== 0) foreseen = true
    return moved
  }

  // Runs between layout and paint, so what has grown and where we are meet in the same frame.
  const settle = (why: Why) => {
    if (!viewport) return
    const moved = foresee(viewport)
    if (why !== 'sizes') rows.refit()
    const question = asked === undefined ? undefined : rows.element(keys.lastIndexOf(asked))
    const full = makeSpace(viewport, question)
    let left = 0
    if (atTop && !following.get()) viewport.scrollTop = 0
    else if (!following.get()) {
      left = driftOf(viewport, place, moved)
      // Less than half a pixel cannot be scrolled; it is not forgotten either.
      if (Math.abs(left) >= 0.5) {
        // While the view moves, in most browsers by itself, it is better not to move it too.
        const gliding = moving !== 0 && why !== 'sizes' && Math.abs(left) < viewport.clientHeight
        const rest = gliding ? rows.absorb(left) : left
        if (rest !== 0) viewport.scrollTop += rest
        left = driftOf(viewport, place, moved)
        // Where the thread ends there is nothing to scroll; later it would be a movement.
        if (Math.abs(left) >= 1) left = 0
      }
    } else if (question) {
      viewport.scrollTop += question.getBoundingClientRect().top - edgeOf(viewport)
      if (full) {
        // The reader has the answer before their eyes; only its end is not followed.
        see()
        following.set(false)
      }
    } else viewport.scrollTop = viewport.scrollHeight
    look(viewport, why, left)
  }

  /** Takes down what is in view, and has what is near it rendered. */
  const look = (viewport: HTMLElement, why: Why, left = 0) => {
    lastTop = viewport.scrollTop
    lastView = viewport.clientHeight
    // The end is followed without a look at what is read: with every word it would be measured anew.
    place = following.get() ? [] : placeOf(viewport).map(({ element, top }) => ({ element, top: top - left }))
    const exchange = rows.look(viewport, moving, following.get(), why)
    // An observer of sizes must not cause others.
    if (exchange && why === 'sizes') requestAnimationFrame(() => settle('rows'))
    else exchange?.()
    see()
    seeLine()
  }

  /** Makes room so that a question can stand at the top; gives whether its answer needs none any more. */
  const makeSpace = (viewport: HTMLElement, question: Element | undefined): boolean => {
    const list = rows.list()
    if (!list || (!question && space === 0)) return false
    const { paddingBlockEnd } = getComputedStyle(viewport)
    const bottom = viewport.getBoundingClientRect().bottom - parseFloat(paddingBlockEnd)
    const end = list.getBoundingClientRect().bottom - space
    const needed = question ? bottom - edgeOf(viewport) - (end - question.getBoundingClientRect().top) : 0
    if (Math.max(0, needed) !== space) list.style.paddingBlockEnd = `${(space = Math.max(0, needed))}px`
    return space === 0
  }

  const toEnd = () => {
    if (space === 0) asked = undefined
    if (viewport) lastTop = viewport.scrollTop
    moving = 0
    atTop = false
    following.set(true)
    const version = rows.version()
    settle('rest')
    jumping = rows.version() !== version
  }

  const seeLine = () => {
    const key = unread.line.get()
    if (!viewport || key === undefined || document.hidden) return
    const line = rows.element(keys.indexOf(key))?.querySelector('.ck-unread')?.getBoundingClientRect()
    const { top, bottom } = viewport.getBoundingClientRect()
    const inView = line && line.top >= top - SLACK_PX && line.bottom <= bottom + SLACK_PX
    if (inView) lineSeen = true
    else if (lineSeen) dropLine()
  }
  const dropLine = () => {
    lineSeen = false
    unread.clear()
  }

  const focusOn = (index: number) => {
    wanted = index
    if (index === keys.length - 1) toEnd()
    else if (!rows.element(index)) following.set(false)
    rows.reveal(index)
    focusRow()
  }
  const focusRow = () => {
    const row = rows.element(wanted)
    if (!row || !viewport) return
    wanted = -1
    const target = row.querySelector<HTMLElement>('[data-ck="message"]') ?? (row as HTMLElement)
    target.tabIndex = -1
    target.focus({ preventScroll: true })
    const view = viewport.getBoundingClientRect()
    const { top, bottom } = row.getBoundingClientRect()
    const above = top - edgeOf(viewport)
    const below = bottom - view.bottom + edgeOf(viewport) - view.top
    if (above >= 0 && below <= 0) return
    if (above < 0) following.set(false)
    atTop = false
    viewport.scrollTop += above < 0 ? above : Math.min(below, above)
    look(viewport, 'rows')
  }

  return {
    following,
    rows,
    unread,
    toEnd,
    toTop() {
      if (!viewport) return
      if (viewport.scrollTop > 0) atTop = true
      viewport.scrollTop = 0
      settle('rest')
    },
    sent() {
      dropLine()
      asking = mode === 'answer'
      toEnd()
    },
    setMode: (next) => void (mode = next),
    open(conversationId) {
      if (conversationId !== shown) toEnd()
      shown = conversationId
    },
    committed(list, nextView, nextKeys, spans) {
      view = nextView
      if (asking && nextKeys !== keys) {
        const users = nextKeys.filter((key) => nextView.row(key)?.role === 'user')
        const said = users.findLast((key) => nextView.row(key)!.status !== 'queued')
        // What waits for its turn is on top when it has it; until then nothing goes there again.
        asking = said !== users.at(-1)
        if (!asking || said !== topmost) asked = topmost = said
      }
      if (asked !== undefined && !nextKeys.includes(asked)) asked = undefined
      // What is older is above what is read, not a new top to go to.
      if (nextKeys[0] !== keys[0]) atTop = false
      keys = nextKeys
      rows.committed(list, spans)
      // While the button to the end went with its focus, the browser may have measured a thread of half its height, and moved.
      if (jumping && viewport) lastTop = viewport.scrollTop
      jumping = false
      settle('rows')
      focusRow()
      if (ahead === shown || keys.length === 0) return
      ahead = shown
      whenIdle(() => settle('idle'))
    },
    focus(step) {
      if (!viewport || keys.length === 0) return
      const from = rows.indexOf((viewport.getRootNode() as Document | ShadowRoot).activeElement)
      const first = Math.max(...placeOf(viewport).map(({ element }) => rows.indexOf(element)))
      focusOn(Math.max(0, Math.min(keys.length - 1, from < 0 && Number.isFinite(step) ? first : from + step)))
    },
    focusOn,
    attach(element, onNearTop) {
      viewport = element
      lastTop = element.scrollTop
      let rest: ReturnType<typeof setTimeout> | undefined
      const onRest = () => {
        moving = 0
        const owed = rows.repay()
        if (owed !== 0) {
          const before = element.scrollTop
          element.scrollTop += owed
          // Nobody's movement: what is read stays where it is.
          lastTop += element.scrollTop - before
        }
        settle('rest')
      }
      const onScroll = () => {
        const moved = notice(element)
        if (moved === 0 && !foreseen) return
        foreseen = false
        // What has grown in the same frame is still to be settled.
        look(element, 'rest', following.get() ? 0 : driftOf(element, place, moved))
        const list = rows.list()
        const above = list && element.getBoundingClientRect().top - list.getBoundingClientRect().top
        if (above !== null && above < element.clientHeight && !following.get()) onNearTop()
        clearTimeout(rest)
        rest = setTimeout(onRest, REST_MS)
      }

      const sizes = new ResizeObserver(() => settle('sizes'))
      const observeChildren = () => {
        sizes.disconnect()
        sizes.observe(element)
        for (const child of element.children) sizes.observe(child)
      }
      const children = new MutationObserver(observeChildren)
      children.observe(element, { childList: true })
      observeChildren()
      element.addEventListener('scroll', onScroll, { passive: true })
      settle('rows')
      return () => {
        unread.leave(attentive())
        viewport = undefined
        clearTimeout(rest)
        sizes.disconnect()
        children.disconnect()
        element.removeEventListener('scroll', onScroll)
      }
    },
  }
}

/** The upper edge of what can be read. */
const edgeOf = (viewport: HTMLElement) =>
  viewport.getBoundingClientRect().top + parseFloat(getComputedStyle(viewport).paddingBlockStart)
