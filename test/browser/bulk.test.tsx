import { exportPieces, importTranscript } from 'conversation-kit/admin'
import { buildConversation, buildMessage } from 'conversation-kit/testing'
import { describe, expect, test } from 'vitest'
import { indexedDbBulkStorage } from '../../src/admin/bulk/indexedDb.ts'
import { storageContract } from '../admin/bulk/contract.ts'
import { HOSTILE } from '../e2e/hostile-texts.ts'

let made = 0
describe('IndexedDB', () => {
  storageContract(() => indexedDbBulkStorage(`bulk-test-${Date.now()}-${(made += 1)}`))
})

test('another tab hears that a job goes on, and reads it', async () => {
  const name = `bulk-tabs-${Date.now()}`
  const [here, there] = [indexedDbBulkStorage(name), indexedDbBulkStorage(name)]
  const heard = new Promise<string>((resolve) => there.watch(resolve))
  await here.append('a', 0, [{ type: 'one' }])
  expect(await heard).toBe('a')
  expect(await there.read('a', 0)).toEqual([{ type: 'one' }])
})

test('an exported page shows hostile texts as texts: nothing runs, nothing is asked for, and it is read back', async () => {
  // One of each kind, short enough to be looked at.
  const texts = HOSTILE.filter(({ length }, at) => length < 2000 && at % 3 === 0)
  expect(texts.length).toBeGreaterThan(150)
  const conversations = texts.map((text, at) => ({
    ...buildConversation({ id: `c${at}"><script>hit()</script>`, name: text, meta: { text } }),
    messages: [
      buildMessage({ id: `m${at}`, text, meta: { text } }),
      buildMessage({
        id: `a${at}`,
        type: 'activity',
        text: '',
        meta: { activity: { type: 'request', function: { name: text } } },
      }),
    ],
  }))
  const pieces: string[] = []
  for await (const piece of exportPieces(conversations, 'html', { locale: 'en' })) pieces.push(piece)

  let hits = 0
  Object.assign(globalThis, { hit: () => (hits += 1) })
  const url = URL.createObjectURL(new Blob(pieces, { type: 'text/html;charset=utf-8' }))
  const frame = document.createElement('iframe')
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve))
  frame.src = url
  document.body.append(frame)
  const inside = frame.contentWindow! as Window & typeof globalThis
  await loaded
  Object.assign(inside, { hit: () => (hits += 1) })
  const page = frame.contentDocument!

  expect(hits).toBe(0)
  expect(inside.performance.getEntriesByType('resource')).toEqual([])
  // What could run or load is not there at all, so that nothing hangs on the policy alone.
  expect(
    page.querySelectorAll('script, img, iframe, object, embed, form, base, svg, math, link, video, audio'),
  ).toHaveLength(0)
  expect(page.querySelectorAll('[style], [src], [srcset], [srcdoc], [background]')).toHaveLength(0)
  const handlers = [...page.querySelectorAll('*')].flatMap(({ attributes }) =>
    [...attributes].filter(({ name }) => name.startsWith('on')),
  )
  expect(handlers).toEqual([])
  expect([...page.querySelectorAll('a')].every((link) => link.getAttribute('href')!.startsWith('#'))).toBe(true)
  const held = (text: string) => text.replaceAll(/[\0\p{Cs}]/gu, '\uFFFD')
  const shown = [...page.querySelectorAll('.text')].flatMap(({ textContent }) => textContent || [])
  expect(shown).toEqual(texts.map(held))

  expect(importTranscript(pieces.join(''))).toEqual(conversations)
  // A browser that saves the page writes it in its own way.
  expect(importTranscript(`<!doctype html>${page.documentElement.outerHTML}`)).toEqual(conversations)
  frame.remove()
  URL.revokeObjectURL(url)
})
