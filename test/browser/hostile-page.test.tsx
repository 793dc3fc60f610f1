import '../../src/styles/index.css'
import { cleanup, render, screen, waitFor, within } from '@testing-library/react'
import { ChatBubble, ChatWindow, ConversationList, VoteButtons } from 'conversation-kit'
import { createTestKit } from 'conversation-kit/testing'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import styles from '../../src/styles/index.css?inline'

const ANSWER = `## A heading

A paragraph with **bold**, *slanted*, \`code\`, [a link](https://example.com/a) and a note.

1. One
2. Two
   - Inner

- [x] Done

> A quote

| Left | Right |
|---|---:|
| a | 1 |

\`\`\`js
const one = 1
\`\`\`

---

The end.`

const CONVERSATIONS = [
  {
    id: 'c1',
    name: 'Talk',
    description: 'Of this and that',
    createdAt: 2,
    updatedAt: 2,
    messages: [
      { id: 'm1', type: 'user' as const, text: 'A question\nof two lines' },
      { id: 'm2', type: 'bot' as const, text: ANSWER },
    ],
  },
  { id: 'c2', name: 'Another', createdAt: 1, updatedAt: 1 },
]

/** What people write into a page. None of it knows of us. */
const PAGES: Record<string, string> = {
  'a star that sets everything': `
    * { margin: 11px; padding: 7px; box-sizing: content-box; line-height: 3; text-transform: uppercase; letter-spacing: 4px;
      border: 3px dashed red; color: red; font: italic 700 30px cursive; background: yellow; text-align: right; min-width: 90px;
      float: left; display: inline; position: relative; opacity: 0.4; border-radius: 0; outline: 0; max-width: 300px; fill: red;
      white-space: nowrap; text-indent: 20px; word-spacing: 9px; list-style: square; transition: all 3s }
    *::before, *::after { border: 3px solid red; box-sizing: content-box; background: red }
    ::placeholder { color: #ddd; font-style: italic }`,
  'the reset of Tailwind': `
    *, ::after, ::before, ::backdrop, ::file-selector-button { box-sizing: border-box; margin: 0; padding: 0; border: 0 solid }
    html, :host { line-height: 1.5; -webkit-text-size-adjust: 100%; tab-size: 4; font-family: sans-serif }
    hr { height: 0; color: inherit; border-top-width: 1px }
    h1, h2, h3, h4, h5, h6 { font-size: inherit; font-weight: inherit }
    a { color: inherit; text-decoration: inherit }
    b, strong { font-weight: bolder }
    code, kbd, samp, pre { font-family: monospace; font-size: 1em }
    small { font-size: 80% }
    table { text-indent: 0; border-color: inherit; border-collapse: collapse }
    summary { display: list-item }
    ol, ul, menu { list-style: none }
    img, svg, video, canvas, audio, iframe, embed, object { display: block; vertical-align: middle }
    img, video { max-width: 100%; height: auto }
    button, input, select, optgroup, textarea, ::file-selector-button { font: inherit; letter-spacing: inherit; color: inherit;
      border-radius: 0; background-color: transparent; opacity: 1 }
    ::placeholder { opacity: 1; color: color-mix(in oklab, currentcolor 50%, transparent) }
    textarea { resize: vertical }
    button, input:where([type='button'], [type='reset'], [type='submit']) { appearance: button }
    [hidden]:where(:not([hidden='until-found'])) { display: none !important }`,
  'styles for elements': `
    body { font: italic 900 9px/3 cursive; color: #aaa; text-align: center; letter-spacing: 2px; text-transform: uppercase;
      text-shadow: 1px 1px red; white-space: pre; cursor: crosshair; word-break: break-all; text-indent: 2em }
    button, input, select, textarea { width: 100%; height: 60px; background: red; color: blue; border: 5px solid green;
      border-radius: 20px; padding: 20px; margin: 10px 0; font: 900 30px cursive; text-transform: uppercase; display: block }
    a { color: pink; text-decoration: none; font-size: 40px; display: block }
    svg { width: 100%; height: auto; fill: red; stroke: green; display: inline }
    path, rect { stroke-width: 9; fill: blue }
    table { width: 900px; border: 9px solid red; margin: 40px }
    th, td { padding: 40px; background: pink; border: 4px solid }
    ul, ol, li, p, h1, h2, h3, h4, blockquote, pre, figure, hr { margin: 50px; padding: 30px; border: 2px solid; font-size: 33px;
      line-height: 4; list-style: none }
    section, header, footer, article, nav, form, fieldset, div > div { padding: 20px; margin: 20px; border: 4px solid red;
      width: 50%; background: pink; max-width: 300px }
    div > span, p > code, label, strong, em, i, output, small { display: block; padding: 9px; color: red; font-size: 50px }
    pre, code { background: black; color: black; white-space: pre-wrap }
    *:focus { outline: none; box-shadow: none }`,
  'small letters at the root': 'html { font-size: 62.5% }',
  'large letters at the root': 'html { font-size: 24px } body { font-size: 1.4rem }',
}

interface Seen {
  name: string
  box: DOMRect
  look: Record<string, string>
}

const LOOK = [
  'color',
  'backgroundColor',
  'fontSize',
  'fontStyle',
  'fontWeight',
  'lineHeight',
  'letterSpacing',
  'textTransform',
  'textAlign',
  'textShadow',
  'whiteSpace',
  'borderTopWidth',
  'borderTopColor',
  'borderTopLeftRadius',
  'display',
  'opacity',
  'fill',
  'stroke',
  'listStyleType',
  'textDecorationLine',
] as const

const nameOf = (element: Element) => `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''}`

/** Every element of ours, as it is laid out and painted. */
function look(container: Element): Seen[] {
  const ours = [...document.querySelectorAll('.ck-root, .ck-conversations, .ck-dock, .ck-votes')].filter(
    (element) => !element.parentElement!.closest('.ck-root, .ck-conversations, .ck-dock'),
  )
  expect(ours.every((element) => container.contains(element))).toBe(true)
  return ours
    .flatMap((root) => [root].concat([...root.querySelectorAll('*')]))
    .map((element) => {
      const style = getComputedStyle(element)
      return {
        name: nameOf(element),
        box: element.getBoundingClientRect(),
        look: Object.fromEntries(LOOK.map((property) => [property, style[property]])),
      }
    })
}

async function open() {
  const { wrapper } = createTestKit({ conversations: CONVERSATIONS })
  // Transitions that a page starts would be looked at half-way.
  const view = render(
    // The page may move its own boxes about; ours hang on fixed places.
    <div data-testid="page" style={{ all: 'initial', position: 'fixed', inset: 0, display: 'block' }}>
      <div style={place(0, 0, 640, 620)}>
        <ChatWindow
          conversationId="c1"
          title="Title"
          subtitle="Subtitle"
          footer="Footer"
          style={{ '--ck-duration': '0s' } as React.CSSProperties}
        />
      </div>
      <div style={place(660, 0, 300, 300)}>
        <ConversationList value="c1" style={{ '--ck-duration': '0s' } as React.CSSProperties} />
      </div>
      <div style={place(660, 320, 300, 100)}>
        <VoteButtons conversationId="c2" style={{ '--ck-duration': '0s' } as React.CSSProperties} />
      </div>
      <ChatBubble
        portal={null}
        conversationId="c2"
        defaultOpen
        suggestions={['One', 'Two']}
        style={{ '--ck-duration': '0s' } as React.CSSProperties}
      />
    </div>,
    { wrapper },
  )
  await screen.findByText('The end.')
  await screen.findByText('How can I help?')
  await within(screen.getByRole('navigation')).findByText('Another')
  // Words of a program get their colours a little later.
  await waitFor(() => expect(document.querySelector('.ck-token')).not.toBeNull())
  return view.container
}

const place = (left: number, top: number, width: number, height: number): React.CSSProperties => ({
  all: 'initial',
  position: 'absolute',
  display: 'block',
  left,
  top,
  width,
  height,
})

function pollute(css: string): HTMLStyleElement {
  const sheet = document.createElement('style')
  sheet.textContent = css
  document.head.append(sheet)
  return sheet
}

// In a window so small that the bubble is a sheet, nothing behind it could have the focus.
beforeAll(() => page.viewport(1100, 800))

let sheet: HTMLStyleElement | undefined
afterEach(() => {
  cleanup()
  sheet?.remove()
})

const frames = async (count: number) => {
  for (let index = 0; index < count; index += 1) await new Promise(requestAnimationFrame)
}

describe('inside a page that styles everything', () => {
  test.each(Object.keys(PAGES))('%s changes nothing of ours', async (host) => {
    const container = await open()
    await frames(3)
    const before = look(container)
    sheet = pollute(PAGES[host]!)
    await frames(3)
    const after = look(container)
    expect(after.map(({ name }) => name)).toEqual(before.map(({ name }) => name))
    const changes: string[] = []
    for (const [index, { name, box, look: was }] of before.entries()) {
      const now = after[index]!
      for (const edge of ['left', 'top', 'width', 'height'] as const) {
        const moved = Math.abs(now.box[edge] - box[edge])
        if (moved > 2) changes.push(`${name} ${edge} ${box[edge]} > ${now.box[edge]}`)
      }
      for (const property of LOOK) {
        if (now.look[property] !== was[property])
          changes.push(`${name} ${property} ${was[property]} > ${now.look[property]}`)
      }
    }
    expect(changes.slice(0, 30)).toEqual([])
  })

  test('a page that takes every outline away leaves ours to who moves by keys', async () => {
    sheet = pollute(PAGES['styles for elements']!)
    await open()
    // From here on the browser takes the reader for one who moves by keys.
    await userEvent.keyboard('{Tab}')
    for (const name of ['New conversation', 'Copy', 'Good answer', 'Close', 'One']) {
      for (const button of screen.queryAllByRole('button', { name })) {
        if ((button as HTMLButtonElement).disabled) continue
        button.focus()
        expect([name, getComputedStyle(button).outlineStyle]).toEqual([name, 'solid'])
      }
    }
    const log = screen.getAllByRole('log')[0]!
    log.focus()
    expect(getComputedStyle(log).outlineStyle).toBe('solid')
  })

  test.each(['before', 'after'])('one class of the page, written %s our sheet, wins over all of ours', async (when) => {
    const css = '.mine { background: rgb(1, 2, 3); padding: 13px } .ck-title { color: rgb(4, 5, 6) }'
    const own = document.createElement('style')
    own.textContent = css
    if (when === 'before') document.head.prepend(own)
    else document.head.append(own)
    sheet = own
    const { wrapper } = createTestKit({ conversations: CONVERSATIONS })
    render(<ChatWindow conversationId="c1" title="Title" classNames={{ send: 'mine', header: 'mine' }} />, { wrapper })
    await screen.findByText('The end.')
    for (const element of document.querySelectorAll('.mine')) {
      const { backgroundColor, padding } = getComputedStyle(element)
      expect([backgroundColor, padding]).toEqual(['rgb(1, 2, 3)', '13px'])
    }
    expect(document.querySelectorAll('.mine')).toHaveLength(2)
    expect(getComputedStyle(screen.getByText('Title')).color).toBe('rgb(4, 5, 6)')
  })

  test('what the page puts into a chat keeps the styles of the page', async () => {
    sheet = pollute('button { background: rgb(1, 2, 3); border: 5px solid } p { color: rgb(7, 8, 9) }')
    const { wrapper } = createTestKit()
    render(<ChatWindow welcome={<p>Welcome</p>} footer={<button>Own button</button>} />, { wrapper })
    const button = await screen.findByRole('button', { name: 'Own button' })
    const { backgroundColor, borderTopWidth } = getComputedStyle(button)
    expect([backgroundColor, borderTopWidth]).toEqual(['rgb(1, 2, 3)', '5px'])
    expect(getComputedStyle(screen.getByText('Welcome')).color).toBe('rgb(7, 8, 9)')
  })
})

describe('what leaks out of our sheet', () => {
  test('nothing: each selector needs a class of ours, and each name is ours', () => {
    const parsed = new CSSStyleSheet()
    parsed.replaceSync(styles)
    const wrong: string[] = []
    const selectors: string[] = []
    const walk = (rules: CSSRuleList, inside: boolean) => {
      for (const rule of rules) {
        if (rule instanceof CSSStyleRule) {
          selectors.push(rule.selectorText)
          const isOurs = splitList(rule.selectorText).every(
            (selector) => /\.ck-/.test(selector) || (inside && selector.includes('&')),
          )
          if (!isOurs) wrong.push(rule.selectorText)
          walk(rule.cssRules, true)
        } else if (rule instanceof CSSKeyframesRule) {
          if (!rule.name.startsWith('ck-')) wrong.push(rule.name)
        } else if (rule instanceof CSSPropertyRule) {
          if (!rule.name.startsWith('--ck-_')) wrong.push(rule.name)
        } else if (rule instanceof CSSLayerStatementRule) {
          if (!rule.nameList.every((name) => name.startsWith('conversation-kit.'))) wrong.push(rule.cssText)
        } else if (rule instanceof CSSLayerBlockRule) {
          if (!rule.name.startsWith('conversation-kit.')) wrong.push(rule.name)
          walk(rule.cssRules, inside)
        } else if (rule instanceof CSSGroupingRule) walk(rule.cssRules, inside)
        else if (!inside) wrong.push(rule.cssText)
      }
    }
    walk(parsed.cssRules, false)
    expect(selectors.length).toBeGreaterThan(150)
    expect(wrong).toEqual([])
  })

  test('an element of every kind looks the same on a page with our sheet as on one without', async () => {
    const tags =
      'a abbr article b blockquote button code details dialog div dl em figure footer form h1 h2 header hr i img input'
    const more =
      'li main nav ol output p pre section select small span strong summary svg table td th textarea ul video'
    const host = document.createElement('div')
    for (const tag of `${tags} ${more}`.split(' '))
      host.append(Object.assign(document.createElement(tag), { className: 'root' }))
    document.body.append(host)
    const all = () =>
      [document.documentElement, document.body, host, ...host.children].map((element) => {
        const style = getComputedStyle(element)
        return [...style]
          .filter((name) => !name.startsWith('--'))
          .map((name) => `${name}: ${style.getPropertyValue(name)}`)
      })
    const withOurs = all()
    const sheets = [...document.styleSheets].filter(({ ownerNode }) => ownerNode?.textContent?.includes('.ck-root'))
    expect(sheets.length).toBeGreaterThan(0)
    for (const ours of sheets) ours.disabled = true
    try {
      await waitFor(() => expect(all()).toEqual(withOurs))
    } finally {
      for (const ours of sheets) ours.disabled = false
      host.remove()
    }
  })
})

/** The selectors of a list, split at the commas that are not inside parentheses. */
function splitList(list: string): string[] {
  const parts = ['']
  let depth = 0
  for (const letter of list) {
    if (letter === '(') depth += 1
    if (letter === ')') depth -= 1
    if (letter === ',' && depth === 0) parts.push('')
    else parts[parts.length - 1] += letter
  }
  return parts.map((part) => part.trim())
}
