import type { Model } from '../protocol/index.ts'

/** A request with its model in wire form: `name/key=value/…`. Knobs set to zero or false are kept. */
export function withModelString<T extends { model?: Model }>(request: T): Omit<T, 'model'> & { model?: string } {
  const { model, ...rest } = { ...request }
  return model === undefined ? rest : { ...rest, model: modelString(model) }
}

/** The wire form of a model. */
export function modelString(model: Model): string {
  // Passed on as they are: a string, and the null by which an update clears it.
  if (typeof model !== 'object' || model === null) return model
  const knobs = Object.entries(model.config ?? {}).filter(([, value]) => value !== undefined && value !== null)
  return [model.name, ...knobs.map(([key, value]) => `${key}=${value}`)].join('/')
}
