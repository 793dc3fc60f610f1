import { Markdown } from 'conversation-kit'
import type { CodeRenderer } from 'conversation-kit'
import { createElement } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { expect, test } from 'vitest'

const TOKENS = 20_000
/** As many come between two frames when they come fast. */
const AT_ONCE = 20

/** Blocks of all kinds, over and over. */
function longAnswer(): string[] {
  const part = (at: number) =>
    `## Part ${at}\n\nSome **strong** words, and a [link](https://a.example/${at}) for you. ${'And more of it, for those who like to read. '.repeat(5)}\n\n- one\n- two ${at}\n\n| a | b |\n|---|---|\n| ${at} | 2 |\n\n\`\`\`own\nprogram ${at}\n\`\`\`\n\n`
  const tokens: string[] = []
  for (let at = 0; tokens.length < TOKENS; at += 1) tokens.push(...part(at).split(/(?<=[ \n])/))
  return tokens.slice(0, TOKENS)
}

test('of an answer of 20,000 tokens a closed block is rendered once, and its elements are never touched again', async () => {
  const box = document.body.appendChild(document.createElement('div'))
  const root = createRoot(box)
  const show = (text: string, streaming: boolean) =>
    // The record is a new one each time, as people write it.
    flushSync(() => root.render(createElement(Markdown, { text, streaming, code: { own: Own } })))
  const renders = new Map<string, number>()
  const Own: CodeRenderer = ({ text, closed }) => {
    if (closed) renders.set(text, (renders.get(text) ?? 0) + 1)
    return <b>{text}</b>
  }
  const finished = new Set<Node>()
  const touched: Node[] = []
  // Many of them stand in boxes, which grow.
  const isBox = (node: Node) => node === box.firstElementChild || (node as Element).className === 'ck-blocks'
  const blockOf = (node: Node): Node | null =>
    isBox(node) || !node.parentNode || isBox(node.parentNode) ? node : blockOf(node.parentNode)
  const look = (records: readonly MutationRecord[]) => {
    for (const { target } of records) {
      const block = blockOf(target)
      if (block && finished.has(block)) touched.push(block)
    }
  }
  const observer = new MutationObserver(look)
  observer.observe(box, { subtree: true, childList: true, characterData: true, attributes: true })
  let text = ''
  for (const [at, token] of longAnswer().entries()) {
    text += token
    if (at % AT_ONCE === 0) show(text, true)
    if (at % 1000 !== 0) continue
    look(observer.takeRecords())
    const blocks = [...box.querySelectorAll('[data-ck="markdown"] > :not(.ck-blocks), .ck-blocks > *')]
    for (const block of blocks.slice(0, -2)) finished.add(block)
  }
  show(text, false)
  look(observer.takeRecords())
  expect(text.length).toBeGreaterThan(80_000)
  expect(finished.size).toBeGreaterThan(900)
  expect([...finished].filter((block) => !block.isConnected)).toEqual([])
  expect(touched).toEqual([])
  expect(renders.size).toBeGreaterThan(200)
  expect([...renders.values()].filter((count) => count > 1)).toEqual([])
  root.unmount()
  box.remove()
})
