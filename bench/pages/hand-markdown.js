// Markdown straight into elements, as text comes: whole lines are read once, of the open block only the line in the making is written
// again. As much of the language as the answers here have: headings, paragraphs, lists, fences, tables, quotes, and what is in a line.

const KINDS = [
  ['heading', /^#{1,6} /],
  ['code', /^```/],
  ['ul', /^[-*] /],
  ['ol', /^\d+\. /],
  ['quote', /^>/],
  ['table', /^\|/],
]
const kindOf = (line) => KINDS.find(([, mark]) => mark.test(line))?.[0] ?? 'text'

/** A line that may still become a mark is no text yet. */
const MARK = /^(?:#{1,6}|[-*]|\d+\.?|`{1,3}[\w+-]*|>) ?$/

const make = (tag) => document.createElement(tag)

/** Writes at the end of an element: `add` what has come since, `end` when nothing will follow. */
export function createWriter(root) {
  let open
  let rest = ''

  function readLine(line) {
    const kind = kindOf(line)
    if (open?.kind === 'code') {
      if (line === '```') close()
      else open.lines.push(line)
    } else if (line.trim() === '') {
      close()
    } else {
      if (open && kind !== open.kind && kind !== 'text') close()
      open ??= { kind, lines: [], update: DRAW[kind](root, line) }
      open.lines.push(line)
      if (kind === 'heading') close()
    }
  }

  function close() {
    open?.update(open.lines, undefined)
    open = undefined
  }

  function preview() {
    if (rest === '' || (open?.kind === 'code' && /^`{1,3}$/.test(rest))) return open?.update(open.lines, undefined)
    const kind = kindOf(rest)
    if (!open) {
      if (MARK.test(rest)) return undefined
      open = { kind, lines: [], update: DRAW[kind](root, rest) }
    }
    // What was text with its first word may turn out to be a list.
    if (open.lines.length === 0 && open.kind !== kind) {
      root.lastChild.remove()
      open = { kind, lines: [], update: DRAW[kind](root, rest) }
    }
    const goesOn = open.kind === 'code' || kind === open.kind || (kind === 'text' && !MARK.test(rest))
    return open.update(open.lines, goesOn ? rest : undefined)
  }

  return {
    add(text) {
      rest += text
      let at = 0
      for (let end = rest.indexOf('\n'); end !== -1; end = rest.indexOf('\n', at)) {
        readLine(rest.slice(at, end))
        at = end + 1
      }
      rest = rest.slice(at)
      preview()
    },
    end() {
      if (rest !== '') readLine(rest)
      rest = ''
      close()
    },
  }
}

/** How each kind is drawn: whole lines stay, `half` is the line in the making. */
const DRAW = {
  text: (root) => leaf(root.appendChild(make('p')), (line) => line.trimStart()),
  heading: (root, line) => leaf(root.appendChild(make(`h${line.indexOf(' ')}`)), (each) => each.replace(/^#+ +/, '')),
  quote: (root) =>
    leaf(root.appendChild(make('blockquote')).appendChild(make('p')), (line) => line.replace(/^> ?/, '')),
  ul: (root) => rows(root.appendChild(make('ul')), itemOf(/^[-*] +/)),
  ol(root, line) {
    const list = root.appendChild(make('ol'))
    list.start = Number.parseInt(line, 10)
    return rows(list, itemOf(/^\d+\. +/))
  },
  table(root) {
    const table = root.appendChild(make('table'))
    let align = []
    return rows(table, (line, half, at) => {
      if (at === 1) align = alignOf(line)
      return at === 1 ? document.createComment('') : rowOf(line, at === 0 ? 'th' : 'td', half, align)
    })
  },
  code(root) {
    const words = document.createTextNode('')
    root.appendChild(make('pre')).appendChild(make('code')).append(words)
    let read = 1
    let length = 0
    return (lines, half = '') => {
      const whole = lines.slice(read).map((line) => `${line}\n`)
      // The fence itself is the first line, whole or not.
      const added = lines.length === 0 ? '' : whole.join('') + half
      words.replaceData(length, words.length - length, added)
      length += added.length - half.length * Number(lines.length > 0)
      read = Math.max(read, lines.length)
    }
  },
}

/** A block whose lines are one text. */
function leaf(element, textOf) {
  let whole = ''
  let read = 0
  let shown
  return (lines, half) => {
    for (; read < lines.length; read++) whole += (read > 0 ? '\n' : '') + textOf(lines[read])
    const text = half === undefined ? whole : completed(whole + (read > 0 ? '\n' : '') + textOf(half))
    if (text === shown) return
    shown = text
    element.replaceChildren(...inline(text))
  }
}

/** A block with an element for each line. */
function rows(element, draw) {
  let read = 0
  let provisional
  return (lines, half) => {
    provisional?.remove()
    provisional = undefined
    for (; read < lines.length; read++) element.append(draw(lines[read], false, read))
    if (half !== undefined) element.append((provisional = draw(half, true, read)))
  }
}

const itemOf = (mark) => (line, half) => {
  const item = make('li')
  const text = line.replace(mark, '')
  item.append(...inline(half ? completed(text) : text))
  return item
}

function alignOf(line) {
  return splitRow(line).map((cell) => (cell.endsWith(':') ? (cell.startsWith(':') ? 'center' : 'right') : ''))
}

const splitRow = (line) =>
  line
    .replace(/^\||\| *$/g, '')
    .split('|')
    .map((cell) => cell.trim())

function rowOf(line, tag, half, align) {
  const row = make('tr')
  for (const [at, text] of splitRow(line).entries()) {
    const cell = row.appendChild(make(tag))
    if (align[at]) cell.style.textAlign = align[at]
    cell.append(...inline(half ? completed(text) : text))
  }
  return row
}

/** Half-open marks as what they are about to be. */
function completed(text) {
  const linked = text.replace(/\[([^\]]*)(?:\](?:\([^)]*)?)?$/, '$1')
  const coded = linked.split('`').length % 2 === 0 ? `${linked}\`` : linked
  const bold = coded.split('**').length % 2 === 0 ? `${coded.replace(/\*$/, '')}**` : coded
  return bold.replace(/(?:\*\*\*\*|``)$/, '')
}

const INLINE = /`([^`]+)`|\*\*([^]+?)\*\*|\*([^*]+)\*|\[([^\]]*)\]\(([^)\s]+)\)/g

/** What is in a line, as nodes and strings. */
function inline(text) {
  const nodes = []
  let at = 0
  for (const match of text.matchAll(INLINE)) {
    if (match.index > at) nodes.push(text.slice(at, match.index))
    at = match.index + match[0].length
    const [, code, strong, emphasis, words, href] = match
    if (code !== undefined) nodes.push(wrap('code', code))
    else if (strong !== undefined) nodes.push(wrap('strong', ...inline(strong)))
    else if (emphasis !== undefined) nodes.push(wrap('em', ...inline(emphasis)))
    else nodes.push(/^https?:/.test(href) ? Object.assign(wrap('a', ...inline(words)), { href }) : words)
  }
  if (at < text.length) nodes.push(text.slice(at))
  return nodes
}

function wrap(tag, ...content) {
  const element = make(tag)
  element.append(...content)
  return element
}
