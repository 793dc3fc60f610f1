import { ConversationError, badRequest } from './errors.ts'
import { isBrowser } from './platform.ts'
import type { ConversationClientOptions, TokenContext } from './types.ts'

/** How long before its end a token is replaced, at most. */
const EXPIRY_LEEWAY_MS = 30_000

interface Held {
  value: string
  /** From when on it should not be used. */
  staleAt: number
}

/** The secret or token of a client. A function is asked by one call at a time, for all that wait. */
export class Credentials {
  readonly #source: ConversationClientOptions['token']
  readonly #mayHoldSecret: boolean
  #held: Held | undefined
  #asked: Promise<string> | undefined

  constructor({ secret, token, dangerouslyAllowBrowser = false }: ConversationClientOptions) {
    this.#source = token ?? secret
    this.#mayHoldSecret = dangerouslyAllowBrowser || !isBrowser()
    if (!this.#mayHoldSecret && secret) throw secretInBrowser()
    if (typeof token === 'string') this.#refuseSecret(token)
  }

  /** Whether a refused token can be replaced. */
  get renewable(): boolean {
    return typeof this.#source === 'function'
  }

  /** The token to send now, or undefined when there is none. */
  async get(conversationId?: string): Promise<string | undefined> {
    if (typeof this.#source !== 'function') return this.#source && this.#check(this.#source)
    const held = this.#held
    if (held && Date.now() < held.staleAt) return held.value
    return await this.#ask({ reason: held ? 'expired' : 'initial', previous: held?.value, conversationId })
  }

  /** Another token than the refused one. `asked` tells whether the function gave it for this call. */
  async replace(refused: string, conversationId?: string): Promise<{ token: string; asked: boolean }> {
    if (this.#held && this.#held.value !== refused) return { token: this.#held.value, asked: false }
    return { token: await this.#ask({ reason: 'unauthorized', previous: refused, conversationId }), asked: true }
  }

  /** Waits no longer for the token that was asked for; the next call asks again. */
  giveUp(): void {
    this.#asked = undefined
  }

  #ask(context: TokenContext): Promise<string> {
    if (this.#asked) return this.#asked
    const asked = this.#fetch(context).finally(() => {
      if (this.#asked === asked) this.#asked = undefined
    })
    this.#asked = asked
    return asked
  }

  async #fetch(context: TokenContext): Promise<string> {
    let value: unknown
    try {
      value = typeof this.#source === 'function' ? await this.#source(context) : undefined
    } catch (cause) {
      throw ConversationError.is(cause) ? cause : noToken(cause)
    }
    const token = this.#check(value)
    const now = Date.now()
    const life = (expiryOf(token) ?? Infinity) - now
    // A token that is over already comes from a clock that differs: only the server can tell.
    this.#held = { value: token, staleAt: life > 0 ? now + life - Math.min(EXPIRY_LEEWAY_MS, life / 2) : Infinity }
    return token
  }

  #check(value: unknown): string {
    if (typeof value !== 'string' || value === '') throw noToken()
    if (!/^[\x21-\x7e]+$/.test(value)) throw badRequest('The secret or token holds an odd character.')
    this.#refuseSecret(value)
    return value
  }

  #refuseSecret(value: string): void {
    if (!this.#mayHoldSecret && value.startsWith('sk-')) throw secretInBrowser()
  }
}

function noToken(cause?: unknown): ConversationError {
  const message = 'The token function gave no token. Nothing was sent.'
  return new ConversationError({ code: 'NOT_AUTHENTICATED', message, cause })
}

function secretInBrowser(): ConversationError {
  return badRequest(
    'A page cannot keep an API secret. Use your own backend as baseUrl, or a session token, or dangerouslyAllowBrowser.',
  )
}

/** When a JSON Web Token ends, if this is one and it says so. */
function expiryOf(token: string): number | undefined {
  const [, payload, signature] = token.split('.')
  if (!payload || !signature) return undefined
  try {
    const { exp } = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))) as { exp?: unknown }
    return typeof exp === 'number' ? exp * 1000 : undefined
  } catch {
    return undefined
  }
}
