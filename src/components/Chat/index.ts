export * as Chat from './parts.ts'
