import { readFileSync } from 'node:fs'
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'

interface Media {
  schema: { oneOf?: { $ref?: string }[] }
}
interface OperationObject {
  operationId: string
  responses: Record<string, { $ref?: string; content?: Record<string, Media> }>
  requestBody?: { content?: Record<string, Media> }
}
interface OpenApi {
  paths: Record<string, Record<string, OperationObject>>
}

/** One thing in which an answer is not what the document says. */
export interface Finding {
  /** `GET /conversation/list` */
  operation: string
  /** `200`, `error`, or the type of a streamed event. */
  part: string
  /** Where in the body, with `*` for places in a list. */
  at: string
  keyword: string
  message: string
  /** What stands there. */
  found: unknown
}

export interface Operation {
  /** `GET /conversation/{conversationId}/fetch` */
  name: string
  matches(method: string, path: string): boolean
  types: string[]
}

const document = JSON.parse(
  readFileSync(new URL('../fixtures/openapi-conversation.json', import.meta.url), 'utf8'),
) as OpenApi

// "A bot or a configuration" is written as oneOf of two schemas without a required member, which no object can satisfy:
// each one fits both. The server accepts and returns the members of both together (PROTOCOL 18 row 30).
function repairBotChoice(node: unknown): void {
  if (typeof node !== 'object' || node === null) {
    return
  }
  const schema = node as { oneOf?: { $ref?: string }[]; allOf?: unknown }
  if (Array.isArray(schema.oneOf) && schema.oneOf.every(({ $ref }) => /\/Bot(Ref|Config)$/.test($ref ?? ''))) {
    schema.allOf = schema.oneOf
    delete schema.oneOf
  }
  Object.values(node).forEach(repairBotChoice)
}
repairBotChoice(document)

// OpenAPI 3.0 knows keywords that JSON Schema does not (`example`, `nullable`): ajv reads the second and lets the first be.
const ajv = new Ajv({ allErrors: true, strict: false, verbose: true })
addFormats.default(ajv)
ajv.addSchema(document, 'openapi')

const pointer = (...steps: string[]) =>
  `openapi#/${steps.map((step) => encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`

const compiled = new Map<string, ValidateFunction>()
function validatorOf($ref: string): ValidateFunction {
  const validate = compiled.get($ref) ?? ajv.compile({ $ref })
  compiled.set($ref, validate)
  return validate
}

const shape = (template: string) => new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`)

export const operations: Operation[] = Object.entries(document.paths).flatMap(([template, methods]) =>
  Object.entries(methods).map(([method, { responses }]) => ({
    name: `${method.toUpperCase()} ${template}`,
    types: Object.keys(responses['200']?.content ?? {}),
    // `/conversation/list` is no id: a template without braces goes first.
    matches: (m: string, path: string) =>
      m === method.toUpperCase() && (path === template || (!(path in document.paths) && shape(template).test(path))),
  })),
)

const findings = (operation: string, part: string, errors: ErrorObject[] | null | undefined): Finding[] =>
  (errors ?? []).map(({ instancePath, keyword, message, data, params }) => ({
    operation,
    part,
    at: `${instancePath.replaceAll(/\/\d+/g, '/*')}${keyword === 'required' ? `/${String(params.missingProperty)}` : ''}`,
    keyword,
    message: message ?? '',
    found: keyword === 'required' ? undefined : data,
  }))

function check(operation: string, part: string, $ref: string, value: unknown): Finding[] {
  const validate = validatorOf($ref)
  return validate(value) ? [] : findings(operation, part, validate.errors)
}

/** A JSON answer against the document. */
export function checkAnswer(operation: Operation, value: unknown): Finding[] {
  const [method, path] = operation.name.split(' ') as [string, string]
  return check(
    operation.name,
    '200',
    pointer('paths', path, method.toLowerCase(), 'responses', '200', 'content', 'application/json', 'schema'),
    value,
  )
}

/** An error body against the document. */
export function checkError(operation: string, value: unknown): Finding[] {
  return check(
    operation,
    'error',
    pointer('components', 'responses', 'ErrorResponse', 'content', 'application/json', 'schema'),
    value,
  )
}

/** Where the schema of each event type of a stream stands. */
function eventSchemas(operation: Operation): Map<string, string> {
  const [method, path] = operation.name.split(' ') as [string, string]
  const steps = [
    'paths',
    path,
    method.toLowerCase(),
    'responses',
    '200',
    'content',
    'application/jsonl',
    'schema',
    'oneOf',
  ]
  const at = (root: unknown, keys: string[]) =>
    keys.reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], root)
  const schemas = new Map<string, string>()
  const collect = (keys: string[]) => {
    const choices = at(document, keys) as { $ref?: string; properties?: { type: { enum: string[] } } }[]
    choices.forEach((choice, index) => {
      if (choice.$ref) {
        collect([...choice.$ref.slice(2).split('/'), 'oneOf'])
      } else {
        for (const type of choice.properties?.type.enum ?? []) {
          schemas.set(type, pointer(...keys, String(index)))
        }
      }
    })
  }
  collect(steps)
  return schemas
}

/** One line of a stream against the document. */
export function checkEvent(operation: Operation, event: { type?: unknown }): Finding[] {
  const type = String(event.type)
  const $ref = eventSchemas(operation).get(type)
  return $ref === undefined
    ? [
        {
          operation: operation.name,
          part: type,
          at: '/type',
          keyword: 'event',
          message: 'is not in the document',
          found: type,
        },
      ]
    : check(operation.name, type, $ref, event)
}

/** A request body against the document. */
export function checkRequest(operation: Operation, value: unknown): Finding[] {
  const [method, path] = operation.name.split(' ') as [string, string]
  const body = document.paths[path]?.[method.toLowerCase()]?.requestBody
  return body?.content?.['application/json'] === undefined
    ? []
    : check(
        operation.name,
        'request',
        pointer('paths', path, method.toLowerCase(), 'requestBody', 'content', 'application/json', 'schema'),
        value,
      )
}
