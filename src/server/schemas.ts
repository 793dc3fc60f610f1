import { MESSAGE_TYPES } from '../protocol/index.ts'
import type { FunctionDefinition } from '../protocol/index.ts'
import { badRequest } from './api-error.ts'
import {
  anyObject,
  anything,
  array,
  boolean,
  either,
  isRecord,
  nullable,
  number,
  object,
  oneOf,
  refine,
  required,
  string,
} from './schema.ts'
import type { Schema } from './schema.ts'

// What the bodies have to be. A member that is not in its table is refused.

/** Shorter ids of channels are refused. */
export const CHANNEL_ID_LENGTH = 16
const FINGERPRINT_LENGTH = 17
const SESSION_SECONDS = { min: 1800, max: 86_400 }

const text = nullable(string())

/** Keys that begin with `_` are the server's own. */
const meta = refine(anyObject, (value, path) => {
  const reserved = Object.keys(value).find((key) => key.startsWith('_'))
  if (reserved !== undefined) throw badRequest(`"${path}.${reserved}" is not allowed`)
})

const botFields = {
  botId: text,
  model: text,
  backstory: text,
  datasetId: text,
  skillsetId: text,
  privacy: nullable(boolean),
  moderation: nullable(boolean),
}

const contactFields = { name: text, description: text, email: text, phone: text, nick: text, meta: nullable(meta) }
const fingerprint = string({ trim: true, min: FINGERPRINT_LENGTH, max: 512 })
const contactObject = object({ ...contactFields, fingerprint: required(fingerprint) })
const contactReference = either(nullable(string()), isRecord, contactObject)

const messageFields = {
  type: required(oneOf(MESSAGE_TYPES)),
  text: required(string()),
  name: text,
  description: text,
  meta: nullable(meta),
}

/** A message inside an array. Ids and times of the sender are accepted and ignored. */
const message = refine(object({ ...messageFields, id: anything, createdAt: anything }), (value, path) => {
  if (value.type !== 'activity') return
  const activity = isRecord(value.meta) ? value.meta.activity : undefined
  if (!isRecord(activity)) throw badRequest(`"${path}.meta.activity" is required`)
  oneOf(['request', 'response', 'trigger']).parse(activity.type, `${path}.meta.activity.type`)
  anyObject.parse(activity.function, `${path}.meta.activity.function`)
})

/** Only where an entity is counts; the rest of it is accepted. */
const spans = array(
  object({
    begin: required(number({ min: 0, integer: true })),
    end: required(number({ min: 1, integer: true })),
    type: string(),
    text: string(),
    replacement: anyObject,
  }),
)

const functionResult: Schema<FunctionDefinition['result']> = either(
  object({ data: required(anything) }),
  (value) => isRecord(value) && 'channel' in value,
  object({ channel: required(string({ min: CHANNEL_ID_LENGTH })) }),
)

const functions = array(
  object({
    name: required(string({ max: 64, pattern: /^(?!_)[A-Za-z$][A-Za-z0-9_$]*$/ })),
    description: required(string()),
    parameters: required(anyObject),
    result: functionResult,
    call: object({ start: boolean, end: boolean }),
  }),
  { max: 100, unique: (each) => each.name },
)

const named = { name: text, description: text }
const extensions = object({
  backstory: text,
  datasets: array(
    object({ ...named, records: required(array(object({ text: required(string()), meta: anyObject }))) }),
  ),
  skillsets: array(
    object({
      ...named,
      abilities: required(
        array(
          object({
            name: required(string()),
            description: required(string()),
            instruction: required(string()),
            secretId: text,
            meta: anyObject,
          }),
        ),
      ),
    }),
  ),
  features: array(object({ name: required(string()), options: anyObject })),
})

const atLeastOne = number({ min: 1, integer: true })
const limits = object({ iterations: atLeastOne, continuations: atLeastOne, calls: atLeastOne })

const conversationFields = {
  name: text,
  description: text,
  ...botFields,
  taskId: text,
  spaceId: text,
  expiresAt: nullable(number({ integer: true })),
  meta: nullable(meta),
}
export const conversationCreate = object({
  ...conversationFields,
  contactId: contactReference,
  contact: contactObject,
  messages: array(message),
})
export const conversationUpdate = object({ ...conversationFields, contactId: text })

const channelId = string({ min: 24 })
const runFields = { entities: spans, functions, extensions }
const spokenText = string({ trim: true, min: 1 })

export const completeMessage = object({ text: spokenText, ...runFields, limits, debug: boolean })
export const dispatchMessage = object({ text: spokenText, ...runFields, limits, debug: boolean, channelId })
export const sendMessage = object({ text: required(spokenText), ...runFields })
export const receiveMessage = object({ functions, extensions })

const statelessFields = {
  messages: array(message, { min: 1 }),
  text: spokenText,
  ...botFields,
  contactId: contactReference,
  functions,
  extensions,
  limits,
  attachments: array(object({ url: required(string({ pattern: /^https?:\/\//i })) })),
  namespace: string(),
  debug: boolean,
}
function hasInput(value: { messages?: unknown; text?: string; attachments?: unknown; namespace?: string }): void {
  if (value.messages === undefined && value.text === undefined) throw badRequest('"messages" is required')
  if (value.attachments !== undefined && !value.namespace) throw badRequest('"attachments" is not allowed')
}
export const completeStateless = refine(object(statelessFields), hasInput)
export const dispatchStateless = refine(object({ ...statelessFields, channelId }), hasInput)
export const compactStateless = object({
  messages: required(array(message, { min: 1 })),
  ...botFields,
  extensions,
})

const anyEntities = array(anyObject)
export const messageCreate = object({ ...messageFields, entities: anyEntities })
export const messageUpdate = object({
  type: oneOf(MESSAGE_TYPES),
  text: string(),
  name: text,
  description: text,
  meta: nullable(meta),
  entities: anyEntities,
})
export const messageBatch = object({
  items: required(array(object({ ...messageFields, id: string(), entities: anyEntities }), { min: 1, max: 100 })),
})
export const synthesize = object({ text: string({ trim: true, min: 1 }) })

export const upvote = object({ value: number({ min: 1, max: 100, integer: true }), reason: text })
export const downvote = object({ value: number({ min: -100, max: -1, integer: true }), reason: text })

export const sessionCreate = object({ durationInSeconds: nullable(number(SESSION_SECONDS)) })

export const contactUpsert = object({ ...contactFields, fingerprint })
export const contactWrite = object({
  ...contactFields,
  fingerprint,
  preferences: text,
  verifiedAt: nullable(number({ integer: true })),
})

export const attachmentUpload = object({
  file: required(
    either(
      string({ min: 1 }),
      isRecord,
      object({
        type: required(string({ trim: true, min: 1, max: 255 })),
        size: required(number({ min: 0, integer: true })),
        name: string({ max: 255 }),
      }),
    ),
  ),
})

export const channelSubscribe = object({ historyLength: number({ min: 0, max: 10_000, integer: true }) })
export const channelPublish = object({ message: required(anyObject) })
