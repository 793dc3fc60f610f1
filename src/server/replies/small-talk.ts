type SmallTalk = 'greeting' | 'thanks' | 'goodbye' | 'abilities'

const PHRASES: Record<SmallTalk, RegExp> = {
  greeting: /^(?:hi|hello|hey|hiya|howdy|yo|greetings|good (?:morning|afternoon|evening|day))\b/,
  thanks: /^(?:thanks|thank you|thx|ty|cheers|great|perfect|awesome|nice|cool)\b/,
  goodbye: /^(?:bye|goodbye|see you|good night|farewell)\b/,
  abilities: /^(?:help|who are you|what are you|what can you do|what do you (?:do|know)|what can i ask)\b/,
}

/** What a message is when it asks for nothing. `hasTerms`: it has words that can be looked for, so it may ask after all. */
export function smallTalkIn(text: string, hasTerms: boolean): SmallTalk | undefined {
  const plain = text.trim().toLowerCase()
  for (const [kind, phrase] of Object.entries(PHRASES)) {
    // "Hello! How do votes work?" is a question with a greeting before it.
    if (phrase.test(plain) && (!hasTerms || plain.split(/\s+/).length <= 2)) return kind as SmallTalk
  }
  return undefined
}

const ANSWERS: Record<SmallTalk, (topics: readonly string[]) => string> = {
  greeting: (topics) =>
    `Hello! I answer questions from ${documents(topics.length)}. Ask me about any of these:\n\n${topicList(topics)}`,
  abilities: (topics) =>
    `I look your question up in ${documents(topics.length)} and tell you what they say, and where. I am a search, not a language model: I know nothing else. Ask me about:\n\n${topicList(topics)}`,
  thanks: () => 'You are welcome. Is there anything else you want to know?',
  goodbye: () => 'Goodbye! The conversation stays here if you come back.',
}

/** What is said back. `topics` are the titles of the documents. */
export function sayBack(kind: SmallTalk, topics: readonly string[]): string {
  return ANSWERS[kind](topics)
}

function documents(count: number): string {
  return count === 1 ? 'one document' : `${count} documents`
}

const MAX_TOPICS = 8

export function topicList(topics: readonly string[]): string {
  return topics
    .slice(0, MAX_TOPICS)
    .map((topic) => `- ${topic}`)
    .join('\n')
}
