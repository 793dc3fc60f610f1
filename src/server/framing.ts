import type { StreamEvent } from '../protocol/index.ts'
import { isRecord } from './schema.ts'
import type { Format } from './call.ts'

export const CONTENT_TYPES: Record<Format, string> = {
  json: 'application/json',
  jsonl: 'application/jsonl',
  sse: 'text/event-stream',
  csv: 'text/csv',
}

/** Makes the text of one event after the other; `''` for what a format does not show. */
export function framer(format: Exclude<Format, 'json'>): (event: StreamEvent) => string {
  if (format === 'sse') return (event) => `event: ${event.type}\ndata: ${JSON.stringify(event.data)}\n\n`
  if (format === 'jsonl') return (event) => `${JSON.stringify(event)}\n`
  let columns: string[] | undefined
  return (event) => {
    if (event.type !== 'item' || !isRecord(event.data)) return ''
    const item = event.data
    const header = columns ? '' : `${Object.keys(item).join(',')}\n`
    columns ??= Object.keys(item)
    return `${header}${columns.map((column) => quoted(cell(column, item[column]))).join(',')}\n`
  }
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`
}

/** Messages as paragraphs, other structures as YAML, of which each line of JSON values is a subset. */
function cell(column: string, value: unknown): string {
  if (value === null || value === undefined) return ''
  if (column === 'messages' && Array.isArray(value))
    return value.map((message: { type: string; text: string }) => `${message.type}: ${message.text}`).join('\n\n')
  if (isRecord(value))
    return Object.entries(value)
      .map(([key, each]) => `${/^\w+$/.test(key) ? key : JSON.stringify(key)}: ${JSON.stringify(each)}`)
      .join('\n')
  return typeof value === 'string' ? value : JSON.stringify(value)
}
