// Runs inside every page before anything of its own: counts frames and DOM updates, and watches for words and for paint.
/* global chat, HISTORY_WORDS, OPENED */

const probe = {
  /** From now on everything counts; what was counted before is forgotten. */
  start() {
    Object.assign(seen, { frames: [], batches: 0, updated: 0, longTasks: [] })
    dirty = false
    if (running) return
    running = true
    requestAnimationFrame(onFrame)
  },
  stop() {
    running = false
    return { ...seen, longTasks: [...seen.longTasks, ...longTasks.takeRecords().map((task) => task.duration)] }
  },
  /** Resolves with the time at which words are in the thread; elsewhere they may be said earlier, to those who listen. */
  words(text) {
    return new Promise((resolve) => {
      wanted = { text, resolve }
      if (isSaid()) found(performance.now())
    })
  },
  /** Resolves when nothing has changed for a while: what is done later, like colours for code, is done. */
  async quiet(duration = 500) {
    for (;;) {
      const before = mutations
      await new Promise((resolve) => setTimeout(resolve, duration))
      if (mutations === before) return
    }
  },
  /** Resolves with the time after the frame under way, or the next one, has been painted. */
  painted() {
    return new Promise((resolve) => {
      requestAnimationFrame(() => afterPaint(resolve))
    })
  },
  /**
   * For a page that opens a thread when it is loaded. Its messages come first, alone, and the clock stands still until they are there:
   * sending and parsing them is no page's doing. Then come its looks, as HTML, and its code, as an address. `opened` is how long it took
   * from the navigation until the last message was painted at the end of the view, and how much of that was after the code was there.
   */
  open(history, looks, code) {
    const asked = performance.now()
    probe.opened = (async () => {
      const messages = await history
      const there = performance.now()
      document.body.insertAdjacentHTML('beforeend', looks)
      const styled = new Promise((resolve) => (document.querySelector('[rel=stylesheet]').onload = resolve))
      await Promise.all([import(code), styled])
      const words = probe.words(HISTORY_WORDS)
      const begin = performance.now()
      chat.open(messages)
      await words
      for (;;) {
        const end = await probe.painted()
        if (probe.behind() > 2) continue
        // Whoever drives the browser waits for this: what it puts into the page takes time as well.
        console.debug(OPENED)
        return { open: end - there + asked, after: end - begin }
      }
    })()
  },
  /** From keydown to the paint after it, for every key from now on. */
  keys() {
    const times = []
    addEventListener(
      'keydown',
      (event) => requestAnimationFrame(() => afterPaint((at) => times.push(at - event.timeStamp))),
      {
        capture: true,
      },
    )
    return times
  },
  /** How many px the end of the thread is below the view. */
  behind() {
    const viewport = chat.viewport()
    return Math.max(0, viewport.scrollHeight - viewport.clientHeight - viewport.scrollTop)
  },
  /** Looks at every frame just before it is painted whether there is a hole in the thread. Returns the count that goes on. */
  holes() {
    const count = { frames: 0, blank: 0, ended: false }
    const ruler = document.body.appendChild(document.createElement('div'))
    ruler.style.cssText = 'position:fixed;inset:0 auto auto 0;width:1px;height:1px;contain:strict;visibility:hidden'
    const observer = new ResizeObserver(() => {
      count.frames += 1
      if (isBlank()) count.blank += 1
    })
    observer.observe(ruler)
    // A size that changes in every frame is told after layout and before paint.
    const next = () => {
      if (count.ended) return observer.disconnect()
      ruler.style.width = ruler.style.width === '1px' ? '2px' : '1px'
      requestAnimationFrame(next)
    }
    requestAnimationFrame(next)
    return count
  },
  /** When the last request was made, and when the last byte of its answer arrived. */
  request() {
    const entry = performance.getEntriesByType('resource').findLast((each) => each.initiatorType === 'fetch')
    return { began: entry.startTime, lastByte: entry.responseEnd }
  },
}

const seen = {}
let running = false
let dirty = false
let mutations = 0
let wanted

const longTasks = new PerformanceObserver((list) => {
  for (const task of list.getEntries()) seen.longTasks?.push(task.duration)
})
longTasks.observe({ type: 'longtask' })

new MutationObserver((records) => {
  mutations += 1
  if (running) {
    seen.batches += 1
    dirty = true
  }
  if (wanted && records.some(says) && isSaid()) found(performance.now())
}).observe(document, { childList: true, characterData: true, subtree: true })

const isSaid = () => globalThis.chat?.viewport()?.textContent.includes(wanted.text)

function says({ target, addedNodes }) {
  return target.nodeType === Node.TEXT_NODE ? holds(target) : Array.from(addedNodes).some(holds)
}

/** A sentence may be several text nodes of one element. */
function holds(node) {
  const whole = node.nodeType === Node.TEXT_NODE ? node.parentElement : node
  return whole !== null && whole.textContent.includes(wanted.text)
}

function found(at) {
  const { resolve } = wanted
  wanted = undefined
  resolve(at)
}

function onFrame(time) {
  if (!running) return
  seen.frames.push(time)
  if (dirty) seen.updated += 1
  dirty = false
  requestAnimationFrame(onFrame)
}

const port = new MessageChannel()
const waiting = []
port.port1.onmessage = () => waiting.shift()(performance.now())

/** A task posted in a frame runs after the frame is painted. */
function afterPaint(call) {
  waiting.push(call)
  port.port2.postMessage(null)
}

/** Rows stand apart from one another; a hole is more than that. */
const HOLE_PX = 120
const STEP_PX = 20

function isBlank() {
  const viewport = chat.viewport()
  const { left, top, width, height } = viewport.getBoundingClientRect()
  let hole = 0
  for (let y = top + 1; y < top + height - 1;) {
    const row = document.elementFromPoint(left + width / 2, y)?.closest(chat.row)
    if (row) {
      hole = 0
      y = Math.max(y + 1, row.getBoundingClientRect().bottom + 1)
    } else {
      hole += STEP_PX
      y += STEP_PX
      if (hole > HOLE_PX) return true
    }
  }
  return false
}

globalThis.probe = probe
