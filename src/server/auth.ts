import { ApiError } from './api-error.ts'
import { hashText } from './hash.ts'
import { OPERATIONS } from './operations.ts'
import type { Operation } from './operations.ts'
import type { Caller } from './call.ts'
import type { Storage } from './storage/storage.ts'
import type { ConversationServerOptions } from './types.ts'

/** The account that owns the seeds, and everything when the server is open. */
export const LOCAL_ACCOUNT = 'local'

/** Finds out who calls, and whether a session token may do what it asks for. Rejects with a 401, or the 403 of a POST without any proof. */
export async function authenticate(
  request: Request,
  operation: Operation,
  params: Readonly<Record<string, string>>,
  { options, storage, now }: { options: ConversationServerOptions; storage: Storage; now: () => number },
): Promise<Caller> {
  const header = request.headers.get('authorization')
  // Only the second word counts; the name of the scheme is not looked at.
  const token = header?.trim().split(/\s+/)[1] ?? ''
  if (isSessionToken(token)) return session(token, operation, params, { options, storage, now })

  const auth = options.auth ?? 'open'
  if (auth === 'open') return { owner: LOCAL_ACCOUNT, scope: LOCAL_ACCOUNT }
  if (header === null && request.method === 'POST') throw new ApiError(403)
  const index = token === '' ? -1 : auth.secrets.indexOf(token)
  if (index === -1 || actsForSomebody(request.headers)) throw new ApiError(401)
  const owner = index === 0 ? LOCAL_ACCOUNT : `account-${await digest(token)}`
  return { owner, scope: owner }
}

/** Child accounts do not exist here, so that every one of them is unknown. */
function actsForSomebody(headers: Headers): boolean {
  return ['x-runas-user-id', 'x-runas-userid', 'x-runas-child-user-email'].some((name) => headers.has(name))
}

function isSessionToken(token: string): boolean {
  return token.split('.').length === 3
}

async function session(
  token: string,
  operation: Operation,
  params: Readonly<Record<string, string>>,
  { options, storage, now }: { options: ConversationServerOptions; storage: Storage; now: () => number },
): Promise<Caller> {
  const record = await storage.sessions.get(token)
  if (record === undefined || record.expiresAt <= now()) throw new ApiError(401)
  const rule = OPERATIONS[operation]
  const right = 'session' in rule ? rule.session : undefined
  const allowed = right === 'strict' || (right === 'wide' && options.sessionRights === 'wide')
  const itsOwn = params.conversationId === undefined || params.conversationId === record.conversationId
  if (!allowed || !itsOwn) throw new ApiError(401)
  return {
    owner: record.owner,
    scope: `session-${hashText(token)}`,
    session: { conversationId: record.conversationId },
  }
}

/** Names the account of a secret without telling the secret. */
async function digest(secret: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(secret)))
  return Array.from(bytes.slice(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
