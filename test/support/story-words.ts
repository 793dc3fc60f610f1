/// <reference types="vite/client" />
import { afterEach, beforeEach } from 'vitest'
import { page } from 'vitest/browser'
import { markCatalogue } from './catalogue.ts'
import { lengthenWords, tooLarge } from './fit.ts'
import { listen } from './known-words.ts'
import { watchWords } from './watch-words.ts'

/*
 * Set up for every story that is tested: it has no word that is of nobody, and room for longer ones. A story is played once, so what is
 * looked at here is what it has come to.
 */

const sources = import.meta.glob<string>('../../stories/**/*.stories.tsx', { query: '?raw', import: 'default' })

/** What a story gives into its own markup. What its `play` looks for is not given, and the letter of an escape is of no word. */
const wordsOf = (source: string) =>
  Array.from(
    source
      .replaceAll(/\n {2}(?:async )?play\b[\s\S]*?\n\}\n/g, '')
      .replaceAll(/\\[nrt]/g, ' ')
      .matchAll(/[>}]([^<>{}]+)[<{]|(['"`])(.*?)\2/g),
    ([, markup, , literal]) => markup ?? literal,
  )

async function givenIn(file: string): Promise<unknown[]> {
  const found = Object.entries(sources).find(([path]) => file.endsWith(path.replace('../..', '')))
  if (!found) throw new Error(`Where is the source of ${file}?`)
  return wordsOf(await found[1]())
}

/** A phone, and windows in which a chat is 280 and 320 px wide: there is 1rem beside it. */
const PHONE_PX = 414
const NARROW_PX = [352, 312]
const frame = () => new Promise(requestAnimationFrame)

async function resize(width: number) {
  await page.viewport(width, width === PHONE_PX ? 896 : 700)
  await frame()
  await frame()
}

function none(what: string, found: string[]): void {
  if (found.length > 0) throw new Error(`${what}:\n${found.join('\n')}`)
}

markCatalogue()
listen()

let words: ReturnType<typeof watchWords>
beforeEach(() => {
  words = watchWords()
})
afterEach(async ({ task, ...context }) => {
  const { story } = context as { story?: { args: object } }
  if (task.result?.state === 'fail' || !story) return words.stop()
  await resize(PHONE_PX)
  // The host of a picture may be that of the page.
  const strangers = words.strangers([story.args, await givenIn(task.file.filepath), location.origin])
  words.stop()
  none('Words of nobody', strangers)
  lengthenWords()
  for (const width of NARROW_PX) {
    await resize(width)
    none(`In a window ${width} px wide`, tooLarge())
  }
})
