import { embeddedReply } from '../replies/embedded.ts'
import { openAIReply } from '../replies/openai.ts'
import { parseSeed } from '../seed/options.ts'
import { createConversationServer } from '../server.ts'
import { memoryStorage } from '../storage/memory.ts'
import type { ConversationServerOptions, FetchHandler } from '../types.ts'
import { createHostedHandler } from './hosted.ts'
import { sqliteStorage } from './sqlite-storage.ts'

const DEFAULT_MODEL = 'gpt-4o-mini'

export interface LocalServerOptions {
  /** The data file; `null` keeps everything in memory. @default 'conversation-kit.db' */
  file?: string | null
  /** Conversations to begin with; those that are stored already are left as they are. */
  conversations?: ConversationServerOptions['conversations']
  /**
   * Begins with so many made-up conversations. A data file that has conversations already is left alone.
   * @default CONVERSATION_KIT_SEED, else none
   */
  seed?: ConversationServerOptions['seed']
  /** What it answers. @default what the environment says, else the guide to this project */
  reply?: ConversationServerOptions['reply']
  /** The address it will listen on. @default '127.0.0.1' */
  host?: string
  /**
   * `CHATBOTKIT_API_SECRET` makes it a proxy to the hosted service (at `CHATBOTKIT_API_BASE_URL`); `OPENAI_MODEL` or
   * `OPENAI_BASE_URL`, with `OPENAI_API_KEY`, let a model answer. `CONVERSATION_KIT_SEED` is a `seed`.
   * @default process.env
   */
  env?: Record<string, string | undefined>
}

export interface LocalServer extends FetchHandler {
  /** Sentences for people: where data is kept and who answers. */
  readonly about: readonly string[]
  /**
   * Resolves when what it begins with is stored, with a sentence on what `seed` has done; without a seed there is none.
   * Rejects, as do requests, when it could not be stored: then nothing of it is.
   */
  readonly ready: Promise<string | undefined>
  /** Lets go of the data file. */
  close(): Promise<void>
}

/**
 * The API as this machine is set up for: the local server with its data file, or a proxy to the hosted service.
 * @throws Error with one sentence when the data file cannot be used or a variable makes no sense.
 */
export function createLocalServer(options: LocalServerOptions = {}): LocalServer {
  const { file = 'conversation-kit.db', conversations, host = '127.0.0.1', env = process.env } = options
  const secret = env['CHATBOTKIT_API_SECRET']?.trim()
  const seed = options.seed ?? seedIn(env)
  if (secret) {
    if (seed !== undefined)
      throw new Error('With CHATBOTKIT_API_SECRET it is a proxy and keeps nothing: leave the seed out, or the secret.')
    const baseUrl = urlIn(env, 'CHATBOTKIT_API_BASE_URL')
    const handler = createHostedHandler({ secret, host, ...(baseUrl !== undefined && { baseUrl }) })
    const about = [`It is a proxy to ${new URL(baseUrl ?? 'https://api.chatbotkit.com').origin} and keeps nothing.`]
    return { fetch: (request) => handler.fetch(request), about, ready: Promise.resolve(undefined), async close() {} }
  }

  const answers = answersBy(options, env)
  const storage = file === null ? memoryStorage() : sqliteStorage({ file })
  const server = createConversationServer({
    storage,
    reply: answers.reply,
    ...(conversations && { conversations }),
    ...(seed !== undefined && { seed }),
  })
  const kept = file === null ? 'Everything is kept in memory, until it stops.' : `Data is kept in ${file}.`
  const ready = seed === undefined ? server.ready.then(() => undefined) : server.ready.then(whatWasSeeded)
  // Requests tell of it too, to those who do not wait.
  ready.catch(() => {})
  return {
    fetch: (request) => server.fetch(request),
    about: [kept, answers.about],
    ready,
    async close() {
      await ready.catch(() => {})
      await storage.close()
    },
  }

  function whatWasSeeded({ seeded }: { seeded: number }): string {
    if (seeded > 0) return `It begins with ${seeded} made-up ${seeded === 1 ? 'conversation' : 'conversations'}.`
    return `${file} has conversations already and is left as it is: seed another file.`
  }
}

function seedIn(env: NonNullable<LocalServerOptions['env']>): number | undefined {
  const word = env['CONVERSATION_KIT_SEED']
  return word ? parseSeed(word, 'CONVERSATION_KIT_SEED') : undefined
}

function answersBy({ reply }: LocalServerOptions, env: NonNullable<LocalServerOptions['env']>) {
  if (reply !== undefined) return { reply, about: 'Answers are its own.' }
  const baseURL = urlIn(env, 'OPENAI_BASE_URL')
  const { OPENAI_API_KEY: apiKey, OPENAI_MODEL: named } = env
  if (baseURL || named) {
    const model = named || DEFAULT_MODEL
    const made = openAIReply({ model, ...(baseURL && { baseURL }), ...(apiKey && { apiKey }) })
    return { reply: made, about: `Answers come from the model ${model}.` }
  }
  const hint = apiKey ? ' OPENAI_API_KEY alone changes nothing: name a model with OPENAI_MODEL.' : ''
  return { reply: embeddedReply(), about: `Answers come from the guide to conversation-kit.${hint}` }
}

function urlIn(env: Record<string, string | undefined>, name: string): string | undefined {
  const value = env[name]?.trim()
  if (!value) return undefined
  if (URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)) return value
  throw new Error(`${name} is not an address that begins with http:// or https://.`)
}
