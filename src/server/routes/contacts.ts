import { ApiError, badRequest, notFound } from '../api-error.ts'
import { contactFingerprint, parseEmail, parsePhone } from '../contact-details.ts'
import { listing } from '../listing.ts'
import { checkContactId, findContact, findConversation } from '../lookup.ts'
import { showContact, showConversation, updateMeta } from '../records.ts'
import { omit } from '../omit.ts'
import { get, getList, post } from '../route.ts'
import { contactUpsert, contactWrite } from '../schemas.ts'
import type { Meta } from '../../protocol/index.ts'
import type { Call } from '../call.ts'
import type { Routes } from '../route.ts'
import type { ContactRecord } from '../storage/storage.ts'

/** A contact as a body tells it. */
interface ContactBody {
  fingerprint?: string | null
  name?: string | null
  description?: string | null
  email?: string | null
  phone?: string | null
  nick?: string | null
  preferences?: string | null
  verifiedAt?: number | null
  meta?: Meta | null
}

export const contactRoutes: Routes = {
  'contact.create': post(contactWrite, async (call, body) => {
    const contact = await newContact(call, body, body.verifiedAt ?? null)
    const stored = await call.house.storage.contacts.ensure(contact)
    if (stored.id !== contact.id) throw new ApiError(409, 'There is a contact with this fingerprint')
    return { json: { id: contact.id } }
  }),

  'contact.ensure': post(contactWrite, async (call, body) => ({ json: { id: await ensure(call, body) } })),

  'contact.list': getList((call) => listing(call, (query) => call.house.storage.contacts.list(query), showContact)),

  'contact.fetch': get(async (call) => ({ json: showContact(await findContact(call)) })),

  'contact.update': post(contactWrite, async (call, { meta, fingerprint, ...body }) => {
    const { id } = await findContact(call)
    const details = checked(body)
    const updated = await call.house.storage.contacts.update(id, (current) => ({
      ...details,
      ...(fingerprint ? { fingerprint } : {}),
      meta: updateMeta(current.meta, meta),
      updatedAt: Math.max(call.house.now(), current.updatedAt + 1),
    }))
    if (updated === 'conflict') throw new ApiError(409, 'There is a contact with this fingerprint')
    if (updated === undefined) throw notFound('Contact')
    return { json: { id } }
  }),

  'contact.conversations': getList(async (call) => {
    const { id } = await findContact(call)
    return listing(
      call,
      (query) => call.house.storage.conversations.list({ ...query, contactIds: [id] }),
      (record) => omit(showConversation(record), 'spaceId', 'privacy', 'moderation', 'expiresAt'),
    )
  }),

  'contact.upsert': post(contactUpsert, async (call, body) => {
    const conversation = await findConversation(call)
    if (call.caller.session && body.fingerprint !== undefined) throw badRequest('"fingerprint" is not allowed')
    if (conversation.contactId !== null) return { json: undefined, status: 304 }
    const contactId = await ensure(call, body)
    const { storage, newId, now } = call.house
    let taken = false
    await storage.conversations.update(conversation.id, (current) => {
      taken = current.contactId !== null
      return taken ? undefined : { contactId, updatedAt: Math.max(now(), current.updatedAt + 1) }
    })
    if (taken) return { json: undefined, status: 304 }
    const who = [body.name, body.nick, body.email, body.phone].find(Boolean) ?? contactId
    const text = `The user is the contact ${who}.`
    await storage.messages.append(conversation.id, [{ id: newId('message'), type: 'context', text }], now())
    return { json: { id: contactId } }
  }),
}

/** The contact a body refers to, by id or by what is known of it; `null` when it refers to none. */
export async function contactOfReference(
  call: Call,
  reference: string | ContactBody | null | undefined,
): Promise<string | null> {
  if (!reference) return null
  return typeof reference === 'string' ? checkContactId(call, reference, 'contactId') : ensure(call, reference)
}

/**
 * Finds the contact, or makes it; what is found is not changed. With a fingerprint the caller vouches for who it is, without
 * one the contact stays unverified, and each kind is never mistaken for the other.
 */
async function ensure(call: Call, body: ContactBody): Promise<string> {
  const trusted = Boolean(body.fingerprint)
  const contact = await newContact(call, body, trusted ? call.house.now() : null)
  const stored = await call.house.storage.contacts.ensure(contact)
  if ((stored.verifiedAt !== null) !== trusted) throw new ApiError(500)
  return stored.id
}

async function newContact(call: Call, body: ContactBody, verifiedAt: number | null): Promise<ContactRecord> {
  const { newId, now } = call.house
  const details = checked(body)
  const createdAt = now()
  return {
    name: null,
    description: null,
    email: null,
    phone: null,
    nick: null,
    preferences: null,
    meta: null,
    ...details,
    fingerprint: body.fingerprint || (await contactFingerprint(details)),
    verifiedAt,
    id: newId(),
    owner: call.caller.owner,
    createdAt,
    updatedAt: createdAt,
  }
}

/** The body with its e-mail and phone looked at. */
function checked<T extends Pick<ContactBody, 'email' | 'phone'>>(body: T): T {
  const details = { ...body }
  if (body.email) details.email = parseEmail(body.email)
  if (body.phone) details.phone = parsePhone(body.phone)
  return details
}
