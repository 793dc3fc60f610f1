import type { Inline, Runs } from '../../src/markdown/inline.ts'
import type { Block, Item } from '../../src/markdown/scan.ts'

/** What a document is, written as the specification writes it; a link without an address that may be followed has none. */
export const htmlOf = (blocks: readonly Block[]): string => blocks.map((block) => blockHtml(block, false)).join('\n')

function blockHtml(block: Block, tight: boolean): string {
  switch (block.kind) {
    case 'heading':
      return `<h${block.depth}>${runsHtml(block.text)}</h${block.depth}>`
    case 'paragraph':
      return tight ? runsHtml(block.text) : `<p>${runsHtml(block.text)}</p>`
    case 'code': {
      const text = block.parts.join('')
      const language = block.language === '' ? '' : ` class="language-${escape(block.language)}"`
      return `<pre><code${language}>${escape(text === '' ? '' : `${text}\n`)}</code></pre>`
    }
    case 'quote':
      return `<blockquote>\n${htmlOf(block.blocks)}\n</blockquote>`
    case 'list': {
      const name = block.ordered ? 'ol' : 'ul'
      const start = block.ordered && block.start !== 1 ? ` start="${block.start}"` : ''
      return `<${name}${start}>\n${block.items.map((item) => itemHtml(item, !block.loose)).join('\n')}\n</${name}>`
    }
    case 'table': {
      const row = (cells: readonly Runs[], name: string) =>
        `<tr>${cells.map((cell, column) => `<${name}${alignOf(block.align[column])}>${runsHtml(cell)}</${name}>`).join('')}</tr>`
      const body = block.rows.length > 0 ? `<tbody>${block.rows.map((cells) => row(cells, 'td')).join('')}</tbody>` : ''
      return `<table><thead>${row(block.head, 'th')}</thead>${body}</table>`
    }
    case 'notes':
      return block.notes.map(({ id, blocks }) => `<aside id="${id}">${htmlOf(blocks)}</aside>`).join('\n')
    case 'rule':
      return '<hr />'
    default:
      return escape(block.parts.join(''))
  }
}

const alignOf = (align: string | undefined) => (align === undefined ? '' : ` align="${align}"`)

function itemHtml({ done, blocks }: Item, tight: boolean): string {
  const box = done === undefined ? '' : `<input type="checkbox"${done ? ' checked' : ''} /> `
  return `<li>${box}${blocks.map((block) => blockHtml(block, tight)).join('\n')}</li>`
}

const runsHtml = (runs: Runs): string => runs.map((nodes) => nodes.map(nodeHtml).join('')).join('')

function nodeHtml(node: Inline): string {
  if (typeof node === 'string') return escape(node)
  switch (node.type) {
    case 'code':
      return `<code>${escape(node.text)}</code>`
    case 'link':
      return `<a${attribute('href', node.href)}${attribute('title', node.title)}>${node.children.map(nodeHtml).join('')}</a>`
    case 'image':
      return `<img${attribute('src', node.src)} alt="${escape(node.alt)}"${attribute('title', node.title)} />`
    case 'break':
      return '<br />\n'
    case 'note':
      return `<sup>${node.id}</sup>`
    default:
      return `<${node.type}>${node.children.map(nodeHtml).join('')}</${node.type}>`
  }
}

const attribute = (name: string, value: string | undefined) =>
  value === undefined ? '' : ` ${name}="${escape(value)}"`

export const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
