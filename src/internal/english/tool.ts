import type { Messages } from '../strings.ts'

/** What is said of the call of a tool that was opened. */
export const toolWords = {
  toolArguments: 'Arguments',
  toolResult: 'Result',
  shortened: 'The rest is not shown.',
} satisfies Partial<Messages>
