import type { Messages } from '../strings.ts'

/** What is said where an answer is voted for. */
export const voteWords = {
  votes: 'Rate this answer',
  upvote: 'Good answer',
  downvote: 'Bad answer',
  voteThanks: 'Thank you.',
  voteReason: 'What was wrong?',
  voteFailed: 'Your vote was not saved. Try again.',
} satisfies Partial<Messages>
