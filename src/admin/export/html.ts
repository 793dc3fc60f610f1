import type { MessageInstance } from '../../protocol/index.ts'
import { dataOf, escapeHtml, isHeld } from './escape.ts'
import type { ExportedConversation, Formatter } from './formats.ts'
import { STYLE } from './style.ts'
import type { FileLanguage } from './text.ts'
import { speakerOf } from './words.ts'

/** What a file is known by, and the version of how it is written. */
export const GENERATOR = 'conversation-kit transcript'
export const VERSION = 1

/** Nothing is loaded and nothing runs. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"

interface HtmlOptions extends FileLanguage {
  /** When it is written, in epoch milliseconds. */
  now: number
}

/**
 * One page that needs nothing else: no script, no picture, no address that is asked for anything. Every text is shown as it was written,
 * and can be read back by `importTranscript`.
 */
export function htmlFormatter({ locale, words, now }: HtmlOptions): Formatter {
  const language = locale ?? 'en'
  const zone = locale === undefined ? { timeZone: 'UTC' } : {}
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short', ...zone })
  const timeOf = (time: number | null | undefined) => {
    const date = new Date(time ?? Number.NaN)
    if (Number.isNaN(date.getTime())) return ''
    return `<time datetime="${date.toISOString()}">${escapeHtml(format.format(date))}</time>`
  }
  const nameOf = ({ name }: ExportedConversation) => escapeHtml(name?.trim() || words.untitled)
  const countOf = (count: number) => escapeHtml(words.exportMessages({ count, locale: language }))

  const message = ({ text, ...facts }: MessageInstance) => {
    // What is shown is what is read back, but where HTML cannot hold it.
    const exact = isHeld(text) ? '' : ` data-text="${dataOf(text)}"`
    const head = [`<b>${escapeHtml(speakerOf(facts.type, words))}</b>`, timeOf(facts.createdAt)]
      .filter(Boolean)
      .join(' ')
    return `<article class="message" data-type="${escapeHtml(facts.type)}" data-message="${dataOf(facts)}">
<h3>${head}</h3>${activityOf(facts.meta, words.exportActivity)}
<div class="text" dir="auto"${exact}>${escapeHtml(text)}</div>
</article>`
  }

  return {
    type: 'text/html',
    ending: 'html',
    piece(conversation) {
      const { messages, ...facts } = conversation
      const spoken = messages.filter(({ type }) => type === 'user' || type === 'bot').length
      const about = [timeOf(facts.createdAt), countOf(spoken)].filter(Boolean).join(' · ')
      const anchor = escapeHtml(anchorOf(facts.id))
      return [
        `<li><a href="#${anchor}"><bdi>${nameOf(conversation)}</bdi></a> <small>${about}</small></li>`,
        `<section class="conversation" id="${anchor}" data-conversation="${dataOf(facts)}" data-messages="${messages.length}">
<h2 dir="auto">${nameOf(conversation)}</h2>
<p class="about">${about}</p>
${messages.map(message).join('\n')}
</section>`,
      ]
    },
    frames(count) {
      const title = escapeHtml(words.exportTitle)
      const date = new Intl.DateTimeFormat(language, { dateStyle: 'long', ...zone }).format(now)
      const head = `<!doctype html>
<html lang="${escapeHtml(language)}"${/^(?:ar|fa|he|ur)\b/.test(language) ? ' dir="rtl"' : ''}>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="generator" content="${GENERATOR} ${VERSION}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<header><h1>${title}</h1><p>${escapeHtml(words.exportExported({ date }))}</p></header>
`
      const main = { part: 1, before: '<main>\n', between: '\n', after: '\n</main>\n</body>\n</html>\n' }
      if (count <= 1) return [{ ...main, before: head + main.before }]
      const contents = escapeHtml(words.exportContents)
      return [
        {
          part: 0,
          before: `${head}<nav aria-label="${contents}"><h2>${contents}</h2>\n<ol>\n`,
          between: '\n',
          after: '\n</ol></nav>\n',
        },
        main,
      ]
    },
  }
}

/** Where a link of the contents leads. */
const anchorOf = (id: string): string => `c-${encodeURIComponent(id.replaceAll(/\p{Cs}/gu, '-'))}`

/** What was called, and with what. `unnamed`: what it is called when it says no name. */
function activityOf(meta: MessageInstance['meta'], unnamed: string): string {
  const activity: unknown = meta?.activity
  if (typeof activity !== 'object' || activity === null) return ''
  const called = Reflect.get(activity, 'function') as { name?: unknown } | undefined
  const name = typeof called?.name === 'string' ? called.name : ''
  return `\n<details><summary><code dir="auto">${escapeHtml(name || unnamed)}</code></summary><pre dir="ltr">${escapeHtml(JSON.stringify(activity, undefined, 2))}</pre></details>`
}
