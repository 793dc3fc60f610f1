import { createCell } from '../../../internal/index.ts'
import type { Cell } from '../../../internal/index.ts'

/** A file of a message. */
export interface SentFile {
  /** The id the server gave it. */
  id: string
  /** The name the server gave it, to download it by. */
  stored: string | undefined
  /** The name of the file. */
  name: string
  type: string
  /** Bytes, where they are known. */
  size: number | undefined
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
