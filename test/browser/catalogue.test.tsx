/// <reference types="vite/client" />
import { composeStories, setProjectAnnotations } from '@storybook/react-vite'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { english } from '../../src/internal/strings.ts'
import preview from '../../.storybook/preview.tsx'
import { markCatalogue } from '../support/catalogue.ts'
import { lengthenWords, tooLarge } from '../support/fit.ts'
import { listen } from '../support/known-words.ts'
import { watchWords } from '../support/watch-words.ts'

const files = import.meta.glob('../../stories/**/*.stories.tsx')
const sources = import.meta.glob<string>('../../stories/**/*.stories.tsx', {
  query: '?raw',
  import: 'default',
})

interface Story {
  run: () => Promise<void>
  args: object
  tags: string[]
}

/** What a story gives into its own markup. What its `play` looks for is not given, and the letter of an escape is of no word. */
const wordsOf = (source: string) =>
  Array.from(
    source
      .replaceAll(/\n {2}(?:async )?play\b[\s\S]*?\n\}\n/g, '')
      .replaceAll(/\\[nrt]/g, ' ')
      .matchAll(/[>}]([^<>{}]+)[<{]|(['"`])(.*?)\2/g),
    ([, markup, , literal]) => markup ?? literal,
  )

const project = setProjectAnnotations(preview)
beforeAll(() => {
  markCatalogue()
  listen()
})
beforeAll(project.beforeAll)

/** Widths of a window in which a chat is 280 and 320 px wide: there is 1rem beside it. */
const NARROW_PX = [352, 312]
const frame = () => new Promise(requestAnimationFrame)

let words: ReturnType<typeof watchWords> | undefined
afterEach(async () => {
  words?.stop()
  await page.viewport(414, 896)
})

const suites = await Promise.all(
  Object.entries(files).map(async ([path, load]) => {
    const stories = composeStories((await load()) as Parameters<typeof composeStories>[0])
    const tested = Object.entries(stories as Record<string, Story>).filter(([, { tags }]) => tags.includes('test'))
    return { path, given: wordsOf(await sources[path]!()), tested }
  }),
)

test('what is of nobody is found, and so is what has no room', async () => {
  words = watchWords()
  const box = document.createElement('div')
  box.className = 'ck-root'
  const button = box.appendChild(document.createElement('button'))
  button.className = 'ck-button'
  button.title = 'Hard-coded title'
  button.textContent = `${english.send} it`
  button.style.cssText = 'inline-size: 40px; white-space: nowrap; margin-inline-start: 400px'
  document.body.append(box)
  await frame()
  button.textContent = english.stop
  const strangers = words.strangers(['nothing'])
  lengthenWords()
  await page.viewport(312, 700)
  const large = tooLarge()
  box.remove()
  expect(strangers).toEqual([
    'title of <button class="ck-button">: Hard-coded title',
    'text of <button class="ck-button">: it',
  ])
  expect(large).toEqual([
    'stands out: <button class="ck-button"> ⟦Štöpxx⟧',
    'is narrower than its words: <button class="ck-button"> ⟦Štöpxx⟧',
  ])
})

describe.for(suites.filter(({ tested }) => tested.length > 0))('$path', ({ given, tested }) => {
  test.for(tested)('%s has no word that is of nobody, and room for longer ones', async ([, story]) => {
    words = watchWords()
    await story.run()
    // The host of a picture may be that of the page.
    expect(words.strangers([story.args, given, location.origin])).toEqual([])
    words.stop()
    lengthenWords()
    for (const width of NARROW_PX) {
      await page.viewport(width, 700)
      await frame()
      await frame()
      expect(tooLarge(), `in a window ${width} px wide`).toEqual([])
    }
  })
})
