import type { Meta } from '../../protocol/index.ts'
import { gone, named } from '../../queries/index.ts'
import type { QueryTransport } from '../../queries/index.ts'
import { ConversationError } from '../../transport/index.ts'
import { isGone } from '../isGone.ts'
import type { BulkAction, Reason } from './job.ts'

/** Does to one conversation what the job does to each. Throws a `ConversationError`. */
export async function perform(client: QueryTransport, action: BulkAction, id: string): Promise<void> {
  // Whoever runs the job waits for all of it when the server asks to wait.
  const options = { retries: 0 }
  if (action.kind === 'delete') await gone(client.delete(id, options), id)
  else if (action.kind === 'setMeta') await named(client.update(id, { meta: action.meta }, options))
  else if (action.kind === 'mergeMeta') await named(client.update(id, { meta: { $update: action.meta } }, options))
}

/** Whether it was done already. Throws a `ConversationError` when that cannot be told. */
export async function isDone(client: QueryTransport, action: BulkAction, id: string): Promise<boolean> {
  if (action.kind === 'export') return false
  try {
    const { meta } = await named(client.fetch(id, { retries: 0 }))
    if (action.kind === 'delete') return false
    return action.kind === 'setMeta' ? isSame(meta ?? {}, action.meta) : hasAll(meta ?? {}, action.meta)
  } catch (error) {
    if (action.kind === 'delete' && ConversationError.is(error) && isGone(error)) return true
    throw error
  }
}

/** The facts of an error that are kept. */
export const reasonOf = ({ code, status, message, retryAfter }: ConversationError): Reason => ({
  code,
  message,
  ...(status !== undefined && { status }),
  ...(retryAfter !== undefined && { retryAfter }),
})

/** Whether two values are the same as JSON. */
export function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  if (Array.isArray(one) !== Array.isArray(other)) return false
  const keys = Object.keys(one)
  return keys.length === Object.keys(other).length && keys.every((key) => hasSame(one, other, key))
}

const hasSame = (one: object, other: object, key: string): boolean =>
  Object.hasOwn(one, key) && Object.hasOwn(other, key) && isSame(Reflect.get(one, key), Reflect.get(other, key))

const hasAll = (meta: Meta, wanted: Meta): boolean => Object.keys(wanted).every((key) => hasSame(meta, wanted, key))
