import { badRequest } from './api-error.ts'

/** What a value has to be. Messages are worded as the hosted API words them; only the first problem is told. */
export interface Schema<T> {
  /** The value, converted; throws a 400 that names the path. */
  readonly parse: (value: unknown, path: string) => T
}

/** A member that has to be there. */
export interface RequiredSchema<T> extends Schema<T> {
  readonly isRequired: true
}

type Fields = Record<string, Schema<unknown>>
type Parsed<S> = S extends Schema<infer T> ? T : never
type RequiredKeys<F extends Fields> = { [K in keyof F]: F[K] extends RequiredSchema<unknown> ? K : never }[keyof F]

/** What an object schema gives: required members, and the others when they were sent. */
export type ParsedObject<F extends Fields> = { [K in RequiredKeys<F>]: Parsed<F[K]> } & {
  [K in Exclude<keyof F, RequiredKeys<F>>]?: Parsed<F[K]>
}

/** Values nested deeper than this are refused, so that no later step can run out of stack. */
const MAX_DEPTH = 64

export function required<T>(schema: Schema<T>): RequiredSchema<T> {
  return { parse: schema.parse, isRequired: true }
}

export function nullable<T>(schema: Schema<T>): Schema<T | null> {
  return { parse: (value, path) => (value === null ? null : schema.parse(value, path)) }
}

/** Members by name; any other member is an error, after the known ones have been looked at. */
export function object<F extends Fields>(fields: F): Schema<ParsedObject<F>> {
  return {
    parse(value, path) {
      const members = membersOf(value, path)
      const parsed: Record<string, unknown> = {}
      for (const [key, field] of Object.entries(fields)) {
        if (Object.hasOwn(members, key)) parsed[key] = field.parse(members[key], join(path, key))
        else if ('isRequired' in field) throw badRequest(`"${join(path, key)}" is required`)
      }
      const unknown = Object.keys(members).find((key) => !Object.hasOwn(fields, key))
      if (unknown !== undefined) throw badRequest(`"${join(path, unknown)}" is not allowed`)
      return parsed as ParsedObject<F>
    },
  }
}

export function array<T>(
  item: Schema<T>,
  { min = 0, max = Infinity, unique }: { min?: number; max?: number; unique?: (item: T) => string } = {},
): Schema<T[]> {
  return {
    parse(value, path) {
      if (!Array.isArray(value)) throw badRequest(`"${path}" must be an array`)
      if (value.length < min) throw badRequest(`"${path}" must contain at least ${min} items`)
      if (value.length > max) throw badRequest(`"${path}" must contain less than or equal to ${max} items`)
      const items = value.map((each, index) => item.parse(each, `${path}[${index}]`))
      const seen = new Set<string>()
      for (const [index, each] of items.entries()) {
        const name = unique?.(each)
        if (name === undefined) continue
        if (seen.has(name)) throw badRequest(`"${path}[${index}]" contains a duplicate value`)
        seen.add(name)
      }
      return items
    },
  }
}

export interface StringRules {
  /** Spaces around it are dropped. */
  trim?: boolean
  min?: number
  max?: number
  pattern?: RegExp
}

/** A string; the empty one too, unless `min` says otherwise. */
export function string({ trim = false, min = 0, max = Infinity, pattern }: StringRules = {}): Schema<string> {
  return {
    parse(value, path) {
      if (typeof value !== 'string') throw badRequest(`"${path}" must be a string`)
      const text = trim ? value.trim() : value
      if (min > 0 && text === '') throw badRequest(`"${path}" is not allowed to be empty`)
      if (text.length < min) throw badRequest(`"${path}" length must be at least ${min} characters long`)
      if (text.length > max) throw badRequest(`"${path}" length must be less than or equal to ${max} characters long`)
      if (pattern && !pattern.test(text)) throw badRequest(`"${path}" fails to match the required pattern: ${pattern}`)
      return text
    },
  }
}

/** A number, or a string that is one. */
export function number({
  min = -Infinity,
  max = Infinity,
  integer = false,
}: { min?: number; max?: number; integer?: boolean } = {}): Schema<number> {
  return {
    parse(value, path) {
      const parsed = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
      if (typeof parsed !== 'number' || !Number.isFinite(parsed)) throw badRequest(`"${path}" must be a number`)
      if (integer && !Number.isInteger(parsed)) throw badRequest(`"${path}" must be an integer`)
      if (parsed < min) throw badRequest(`"${path}" must be greater than or equal to ${min}`)
      if (parsed > max) throw badRequest(`"${path}" must be less than or equal to ${max}`)
      return parsed
    },
  }
}

/** `true` or `false`, also as strings. */
export const boolean: Schema<boolean> = {
  parse(value, path) {
    const text = typeof value === 'string' ? value.trim().toLowerCase() : value
    if (text === true || text === 'true') return true
    if (text === false || text === 'false') return false
    throw badRequest(`"${path}" must be a boolean`)
  },
}

export function oneOf<T extends string>(values: readonly T[]): Schema<T> {
  return {
    parse(value, path) {
      const found = values.find((each) => each === value)
      if (found === undefined) throw badRequest(`"${path}" must be one of [${values.join(', ')}]`)
      return found
    },
  }
}

/** Any JSON object, freed of what could reach a prototype. */
export const anyObject: Schema<Record<string, unknown>> = {
  parse: (value, path) => cleaned(membersOf(value, path), path, 0) as Record<string, unknown>,
}

/** Any JSON value, freed of what could reach a prototype. */
export const anything: Schema<unknown> = { parse: (value, path) => cleaned(value, path, 0) }

/** The rule of one schema and one more. */
export function refine<T>(schema: Schema<T>, check: (value: T, path: string) => void): Schema<T> {
  return {
    parse(value, path) {
      const parsed = schema.parse(value, path)
      check(parsed, path)
      return parsed
    },
  }
}

/** One schema or another, chosen by the value. */
export function either<A, B>(
  first: Schema<A>,
  isSecond: (value: unknown) => boolean,
  second: Schema<B>,
): Schema<A | B> {
  return { parse: (value, path) => (isSecond(value) ? second.parse(value, path) : first.parse(value, path)) }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function membersOf(value: unknown, path: string): Record<string, unknown> {
  if (!isRecord(value)) throw badRequest(`"${path || 'value'}" must be of type object`)
  return value
}

function cleaned(value: unknown, path: string, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (depth > MAX_DEPTH) throw badRequest(`"${path}" is nested too deeply`)
  if (Array.isArray(value)) return value.map((each) => cleaned(each, path, depth + 1))
  const entries = Object.entries(value).filter(([key]) => key !== '__proto__')
  return Object.fromEntries(entries.map(([key, each]) => [key, cleaned(each, path, depth + 1)]))
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`
}
