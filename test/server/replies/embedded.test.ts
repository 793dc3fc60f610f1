import { describe, expect, test } from 'vitest'
import type { Message } from '../../../src/protocol/index.ts'
import { embeddedReply } from '../../../src/server/replies/embedded.ts'
import { GUIDE } from '../../../src/server/replies/guide.ts'
import { toBlocks, toSections } from '../../../src/server/replies/sections.ts'
import { toTerms } from '../../../src/server/replies/words.ts'
import { collect, replyContext } from './context.ts'

const atOnce = embeddedReply({ pace: 0 })
const ask = async (text: string, reply = atOnce) => collect(reply(replyContext({ text })))

/** A conversation, question by question; the last answer. */
async function talk(...questions: string[]) {
  const messages: Message[] = []
  let answer = ''
  for (const text of questions) {
    messages.push({ type: 'user', text })
    answer = (await collect(atOnce(replyContext({ messages })))).text
    messages.push({ type: 'bot', text: answer })
  }
  return answer
}

describe('an answer from the guide', () => {
  test.each([
    ['How do I vote?', /<VoteButtons>/, 'Votes'],
    ['how can I change my vot', /other thumb/, 'Changing a vote'],
    ['streming broke, what now?', /words already shown stay/, 'Retry after a broken connection'],
    ['How do I use ollama', /OPENAI_BASE_URL/, 'Using OpenAI, Ollama'],
    ['where is the data stored', /SQLite file/, 'Where data is kept'],
    ['what about dark mode?', /color-scheme/, 'Dark mode'],
    ['what env variables are there', /CHATBOTKIT_API_SECRET/, 'Environment variables'],
    ['useChat', /sendMessage/, 'useChat'],
    ['how do I keep my api key safe?', /never belongs in a browser/, 'Secrets'],
    ['which models can I use', /Ollama/, 'another model'],
    ['how do I theme it', /--ck-accent/, 'Theming'],
    ['storybok', /npm start/, 'Storybook'],
    ['does it work with next.js', /Next\.js/, 'Frameworks'],
    ['how to install', /npm install conversation-kit/, 'Installing'],
    ['how do I stop an answer', /chat\.stop/, 'Stopping an answer'],
    ['holdReply', /half-written/, 'Trying failures'],
    ['What happens if the network breaks?', /words already shown stay/, 'Retry after'],
    ['how do I customize the colors?', /--ck-bg/, 'Variables for colours'],
    ['rate limit', /retryAfter/, 'Error codes'],
    ['can I rename a conversation', /useUpdateConversation/, 'Renaming'],
    ['Is it accessible?', /WCAG/, 'Accessibility'],
  ])('%s', async (question, said, source) => {
    const { text, reasoning } = await ask(question)
    expect(text).toMatch(said)
    expect(text.slice(text.lastIndexOf('Source'))).toContain(source)
    expect(reasoning).toMatch(/^Searching \d+ sections for “.*”\. The best of \d is “.*”\.$/)
  })

  test.each([
    'What is the capital of France?',
    'Who won the world cup in 2018?',
    'What is the weather like in Porto?',
    'pizza recipe',
    'Tell me a joke',
    'Where is my order?',
    'write me a poem about cats',
    'explain quantum physics',
    'I want a refund',
    'Wie spät ist es?',
    '東京の天気は',
  ])('is not made up: %s', async (question) => {
    const { text, reasoning } = await ask(question)
    expect(text).toMatch(/^I do not know/)
    expect(text).toContain('- Votes')
    expect(reasoning).toContain('Nothing answers it.')
  })

  test.each([
    ['Hello', /^Hello! I answer questions from \d+ documents/],
    ['hey there', /^Hello!/],
    ['Good morning', /^Hello!/],
    ['thanks!', /^You are welcome/],
    ['bye', /^Goodbye/],
    ['What can you do?', /I am a search, not a language model/],
    ['Who made you?', /I am a search, not a language model/],
    ['???', /I am a search, not a language model/],
    ['', /I am a search, not a language model/],
  ])('is not looked for when nothing was asked: %s', async (said, answer) => {
    const { text, reasoning } = await ask(said)
    expect(text).toMatch(answer)
    expect(reasoning).toBe('')
  })

  test('comes after a greeting, too', async () => {
    expect((await ask('Hello! How do votes work?')).text).toContain('<VoteButtons>')
  })

  test.each([
    [['How do votes work?', 'and in React?'], /VoteButtons/],
    [['How do votes work?', 'can I change it?'], /other thumb/],
    [['What is a session token?', 'how long does it last?'], /1800 to 86400/],
    [['How do votes work?', 'and Ollama?'], /OPENAI_BASE_URL/],
    [['How do I theme it?', 'and the dark mode?', 'and for colours?'], /--ck-bg/],
  ])('understands a follow-up: %j', async (questions, said) => {
    expect(await talk(...questions)).toMatch(said)
  })

  test('says more when asked for more, and not the same again', async () => {
    const first = await talk('How do votes work?')
    const more = await talk('How do votes work?', 'tell me more')
    expect(more).not.toBe(first)
    expect(more).not.toMatch(/^I do not know/)
  })

  test('repeats itself when there is no more', async () => {
    const own = embeddedReply({ pace: 0, documents: [{ title: 'Shipping', text: 'We ship within two days.' }] })
    const messages: Message[] = [
      { type: 'user', text: 'shipping?' },
      { type: 'bot', text: 'We ship within two days.\n\nSource: Shipping\n' },
      { type: 'user', text: 'more' },
    ]
    expect((await collect(own(replyContext({ messages })))).text).toContain('within two days')
  })
})

/** Far above what it takes anywhere, far below what a search for words like these would take. */
const HANG_MS = 10_000

describe('what was pasted', () => {
  test.each([
    ['one long word', 'a'.repeat(100_000)],
    ['a long word of letters and figures', 'aB3'.repeat(40_000)],
    ['thousands of words', Array.from({ length: 5000 }, (_, n) => `word${n.toString(36)}x`).join(' ')],
    ['a long address', `https://shop.test/${'path/'.repeat(20_000)}?q=${'x'.repeat(10_000)}`],
    ['marks only', '_$'.repeat(50_000)],
  ])('is answered at once: %s', async (_, pasted) => {
    const begun = performance.now()
    const { text, reasoning } = await ask(pasted)
    expect(performance.now() - begun).toBeLessThan(HANG_MS)
    expect(text).toMatch(/^I (?:do not know|look your question up)/)
    expect(reasoning.length).toBeLessThan(1500)
  })
})

describe('the guide', () => {
  const sections = toSections(GUIDE)

  test('is compact: each section is read in half a minute', () => {
    expect(sections.length).toBeGreaterThan(40)
    for (const { heading, text } of sections) expect([heading, text.length < 1300]).toEqual([heading, true])
  })

  test('finds each of its sections by its heading', async () => {
    const lost: string[] = []
    for (const { title, heading } of sections) {
      const { text } = await ask(`${heading} ${title === heading ? '' : title}?`)
      if (!text.slice(text.lastIndexOf('Source')).includes(heading)) lost.push(heading)
    }
    expect(lost).toEqual([])
  })

  test('closes every code block it opens', () => {
    for (const { text } of GUIDE)
      expect(text.match(/^```/gm)?.length ?? 0).toSatisfy((count: number) => count % 2 === 0)
  })
})

describe('own documents', () => {
  test('are linked when they have an address', async () => {
    const reply = embeddedReply({
      pace: 0,
      documents: [
        {
          title: 'Shipping [EU]',
          text: 'We ship within two days.\n\n# Returns\n\nSend it back within a month.',
          url: 'https://shop.test/shipping',
        },
        { title: 'Plain', text: 'Gift cards never expire.' },
      ],
    })
    expect((await ask('When do you ship?', reply)).text).toBe(
      'We ship within two days.\n\nSource: [Shipping EU](https://shop.test/shipping)',
    )
    expect((await ask('returns', reply)).text).toContain('[Shipping EU › Returns](https://shop.test/shipping)')
    expect((await ask('gift card expiry', reply)).text).toContain('Source: Plain')
  })

  test('that are long give the passages that answer', async () => {
    const filler = Array.from(
      { length: 10 },
      (_, index) => `Paragraph ${index} ${'goes on about nothing at all. '.repeat(20)}`,
    )
    const text = [
      '# Warranty',
      ...filler.slice(0, 2),
      'The warranty of a kettle is three years.',
      ...filler.slice(2),
    ].join('\n\n')
    const reply = embeddedReply({ pace: 0, documents: [{ title: 'Manual', text }] })
    const answer = (await ask('kettle warranty', reply)).text
    expect(answer).toContain('three years')
    expect(answer.length).toBeLessThan(1800)
    expect(answer).toContain('Manual › Warranty')
  })

  test('whose one section is long keep the best blocks in their order', async () => {
    const code = `\`\`\`js\n${'// a long example\n'.repeat(60)}\`\`\``
    const text = `First, boil water in the kettle.\n\n${code}\n\nThen pour the water over the tea.`
    const reply = embeddedReply({ pace: 0, documents: [{ title: 'Tea', text }] })
    const answer = (await ask('How do I boil and pour water for tea?', reply)).text
    expect(answer.indexOf('boil')).toBeLessThan(answer.indexOf('pour'))
    expect(answer).not.toContain('long example')
  })

  test('that are none are admitted', async () => {
    expect((await ask('votes', embeddedReply({ pace: 0, documents: [] }))).text).toMatch(/^I do not know/)
    expect((await ask('hi', embeddedReply({ pace: 0, documents: [{ title: 'One', text: 'Text' }] }))).text).toContain(
      'one document',
    )
  })
})

describe('the pace', () => {
  test('is that of a person, reasoning first, and nothing is lost', async () => {
    const context = replyContext({ text: 'How do votes work?' })
    const { events, text } = await collect(embeddedReply()(context))
    expect(context.slept).toHaveLength(events.length)
    expect(context.slept.every((ms) => ms >= 15 && ms <= 45)).toBe(true)
    expect(new Set(context.slept).size).toBeGreaterThan(10)
    const firstToken = events.findIndex((event) => typeof event === 'string')
    expect(firstToken).toBeGreaterThan(0)
    expect(events.slice(firstToken).every((event) => typeof event === 'string')).toBe(true)
    expect(text).toBe((await ask('How do votes work?')).text)
  })

  test.each([0, 30])('stops at once when the reader leaves, at %i ms a word', async (pace) => {
    const stop = new AbortController()
    const got: unknown[] = []
    const run = async () => {
      for await (const event of embeddedReply({ pace })(replyContext({ text: 'votes', signal: stop.signal }))) {
        got.push(event)
        if (got.length === 3) stop.abort(new Error('left'))
      }
    }
    await expect(run()).rejects.toThrow('left')
    expect(got).toHaveLength(3)
  })
})

describe('words and sections', () => {
  test('are no data: what is longer than words are is cut, before it is taken apart', () => {
    expect(toTerms('a'.repeat(100_000))).toEqual(['a'.repeat(40)])
    expect(toTerms('aB3'.repeat(40_000)).join('').length).toBeLessThan(100)
  })

  test('are compared by their roots and parts', () => {
    expect(toTerms('Voting voted VOTES vote')).toEqual(['vot'])
    expect(toTerms('useChatStore')).toEqual(['usechatstor', 'chat', 'stor'])
    expect(toTerms('What is 2+2, and the?')).toEqual([])
    expect(toTerms("don't OPENAI_API_KEY")).toEqual(['openaiapikey', 'openai', 'api', 'key'])
    expect(toTerms('___')).toEqual([])
  })

  test('headings in a code block are no headings', () => {
    const text = 'Intro\n\n```sh\n# comment\n\necho hi\n```\n\n## Real one\nText\n\n~~~\n```\n# no\n~~~\n'
    expect(toSections([{ title: 'T', text }]).map(({ heading }) => heading)).toEqual(['T', 'Real one'])
    expect(toBlocks('~~~\nnever closed\n\n# no')).toEqual(['~~~\nnever closed\n\n# no'])
  })

  test('a long text without headings is cut between paragraphs', () => {
    const paragraph = 'Lorem ipsum. '.repeat(50).trim()
    const sections = toSections([{ title: 'T', text: Array.from({ length: 5 }, () => paragraph).join('\r\n\r\n') }])
    expect(sections.length).toBeGreaterThan(2)
    expect(sections.every(({ text }) => text.length <= 1400 && text.endsWith('ipsum.'))).toBe(true)
  })
})
