import type { Messages } from '../strings.ts'

/** What is said of footnotes. */
export const noteWords = {
  notes: 'Notes',
  note: ({ label }) => `Note ${label}`,
  noteBack: ({ label }) => `Back to note ${label} in the text`,
} satisfies Partial<Messages>
