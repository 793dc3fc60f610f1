/** What files may be sent. */
export interface AttachmentLimits {
  /** Types and endings, as the `accept` attribute of a file input: `image/*,.pdf`. @default all */
  accept?: string
  /** Bytes of one file. @default what the server takes */
  maxSize?: number
  /** Files of one message. @default 10 */
  maxFiles?: number
}

/** Why a file is not even tried. */
export type Refusal = 'type' | 'size' | 'count'

export const MAX_FILES = 10

type FileFacts = Pick<File, 'name' | 'type' | 'size'>

/** Whether a file is one of those that an `accept` attribute names. Browsers apply it to what is picked, never to what is dropped. */
export function isAccepted({ name, type }: FileFacts, accept: string | undefined): boolean {
  const wanted = (accept ?? '')
    .toLowerCase()
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean)
  if (wanted.length === 0) return true
  const [mime = ''] = type.toLowerCase().split(';')
  const ending = name.toLowerCase()
  return wanted.some((each) => {
    if (each === '*' || each === '*/*') return true
    if (each.startsWith('.')) return ending.endsWith(each)
    return each.endsWith('/*') ? mime.startsWith(each.slice(0, -1)) : mime === each
  })
}

/** For each file, in their order, why it cannot be sent; those that cannot take no place among the others. */
export function refusals(
  files: readonly FileFacts[],
  { accept, maxSize = Infinity, maxFiles = MAX_FILES }: AttachmentLimits,
): (Refusal | undefined)[] {
  let taken = 0
  return files.map((file) => {
    if (!isAccepted(file, accept)) return 'type'
    if (file.size > maxSize) return 'size'
    taken += 1
    return taken > maxFiles ? 'count' : undefined
  })
}
