import type { SentAttachment } from '../../../hooks/index.ts'
import { createCell } from '../../../internal/index.ts'
import type { Cell } from '../../../internal/index.ts'

/** A file of a message. */
export interface SentFile extends SentAttachment {
  /** The bytes, where it was sent by this page. */
  data?: Blob
}

type Sent = Readonly<Record<string, readonly SentFile[]>>

const cells = new WeakMap<object, Cell<Sent>>()

/** The files that this page has sent, by the key of the message that they went with. One for each store. */
export function sentFiles(store: object): Cell<Sent> {
  const cell = cells.get(store) ?? createCell<Sent>({})
  cells.set(store, cell)
  return cell
}
