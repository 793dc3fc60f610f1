import type { Messages } from '../strings.ts'

/** What is said where a message is written anew. */
export const editorWords = {
  discard: 'Cancel',
  editRemoves: 'What was said after this will be removed.',
} satisfies Partial<Messages>
