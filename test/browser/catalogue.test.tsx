import { afterEach, beforeAll, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { english } from '../../src/internal/strings.ts'
import '../../src/styles/index.css'
import { markCatalogue } from '../support/catalogue.ts'
import { lengthenWords, tooLarge } from '../support/fit.ts'
import { listen } from '../support/known-words.ts'
import { watchWords } from '../support/watch-words.ts'

// Every story is watched like this: see `test/support/story-words.ts`.
beforeAll(() => {
  markCatalogue()
  listen()
})

const frame = () => new Promise(requestAnimationFrame)

let words: ReturnType<typeof watchWords> | undefined
afterEach(async () => {
  words?.stop()
  await page.viewport(414, 896)
})

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
