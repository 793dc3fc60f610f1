export * from './types.ts'
export * from './events.ts'
export * from './errors.ts'
export * from './lines.ts'
