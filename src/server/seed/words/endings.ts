/** What is said when it is over, and what is said to that. */
export const THANKS: readonly string[] = [
  'Thanks!',
  'Great, thank you very much.',
  'perfect, thx',
  'That was quick. Thank you!',
  'OK, that helps. Have a nice day.',
  'Thank you 😊',
  'Wonderful. That is all I needed.',
  'ok',
  '👍',
]

export const GOODBYES: readonly string[] = [
  'You are welcome. Have a good day!',
  'Gladly. Write again whenever there is something.',
  'With pleasure!',
  'Good to hear. Enjoy your {product}!',
]

/** What people write when nobody answers. */
export const WAITING: readonly string[] = [
  'Hello? Is anybody there?',
  'I have been waiting for half an hour now.',
  'One more thing: does all of that hold for my second {product} too?',
  'And what about {order2}? You have not said anything about that one.',
  'No, that is not right. I have the receipt in front of me.',
  'Please answer, the driver is at the door.',
  '???',
  'When can I expect an answer?',
  'I would like to speak to your manager.',
  'Here is the photo. What do you say?',
]

/** What people write after an answer that broke off. */
export const AGAIN: readonly string[] = [
  'You stopped in the middle of the sentence.',
  'It says “something went wrong”. Again: what do I have to do?',
  'The answer is cut off. Can you repeat it?',
]

/** What a colleague writes for those who come later; visitors do not see it. */
export const NOTES: readonly string[] = [
  'Note: the customer called as well, see {ticket}.',
  'Note: refund approved by accounting on {day}.',
  'Note: please do not send vouchers here, the customer was promised money.',
  'Note: waits for the warehouse in {city}.',
]

/** What a person of the team writes in place of the bot. */
export const BY_HAND: readonly string[] = [
  'Hello {first}, this is {agent} from the team. I have read everything above and take care of it myself. You hear from me by tomorrow noon.',
  'Hi {first}, {agent} here. I have spoken with the warehouse: your {product} goes out today, and we pay the express.',
  'Dear {first}, I am sorry for the back and forth. I have sent {amount} to your account by hand. Kind regards, {agent}',
]

export const GREETING = 'Hello! I am the assistant of Hearth & Light. How can I help?'

/** Why people liked an answer. `null`: they did not say. */
export const PRAISE: readonly (string | null)[] = [
  null,
  null,
  null,
  null,
  'Helpful',
  'Quick and clear',
  'Solved my problem',
  'Friendly',
  'Exactly what I needed',
  'The table helped a lot',
]

/** Why people disliked an answer, grouped by what they mean: each group is said in several ways. */
export const COMPLAINTS = {
  none: [null],
  wrong: ['Wrong answer', 'wrong', 'This is not true', 'Incorrect information', 'The amount is wrong'],
  offTopic: ['Did not answer my question', 'That is not what I asked', 'did not answer the question'],
  vague: ['Too vague', 'No real help', 'Not helpful', 'not helpful at all'],
  tooLong: ['Too long', 'Far too much text', 'too long!'],
  outdated: ['Outdated', 'The button is not there any more', 'Out of date'],
  rude: ['Rude', 'Unfriendly tone'],
  brokeOff: ['Stopped in the middle', 'Answer is incomplete', 'incomplete'],
} as const
