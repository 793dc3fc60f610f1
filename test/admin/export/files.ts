import { exportPieces } from 'conversation-kit/admin'

/** A file as one text. */
export async function textOf(...given: Parameters<typeof exportPieces>): Promise<string> {
  const pieces: string[] = []
  for await (const piece of exportPieces(...given)) pieces.push(piece)
  return pieces.join('')
}

/** A text as it is after it was a file of UTF-8. */
export const saved = (text: string): string => new TextDecoder().decode(new TextEncoder().encode(text))
