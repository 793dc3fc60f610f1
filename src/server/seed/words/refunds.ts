import type { Subject, Tool } from './words.ts'

const REFUND: Tool = {
  name: 'findRefund',
  arguments: { order: '{order}' },
  result: { order: '{order}', state: 'sent', amount: '{amount}', day: '{day}' },
}

export const REFUNDS: Subject = {
  topic: 'refunds',
  team: 'billing',
  bots: { 'bot-billing': 7, 'bot-support': 2 },
  dataset: 'dataset-help-center',
  tags: ['refund', 'return', 'warranty', 'voucher', 'chargeback'],
  openings: [
    {
      title: ['Refund for {order}', 'Money not back yet'],
      ask: [
        'I sent my {product} back two weeks ago and the money is still not there. Order {order}.',
        'Where is my refund? You received the parcel on {day}, I have the receipt.',
        'Still waiting for {amount} from {order}. This is the third time I ask.',
      ],
      answer: [
        'I have looked it up: the refund of **{amount}** left us on {day}. Most banks book it within five working days.',
        'The parcel is here, but nobody had checked it yet. I have passed it on, and the {amount} go out today.',
        'Refunds take up to 14 days after we have received the parcel. Please wait until then.',
      ],
      tool: REFUND,
    },
    {
      title: ['Return the {product}', 'How do I send this back?'],
      ask: [
        'How do I return a {product}? It is too large for our kitchen.',
        'I do not like the colour. Can I send the {product} back?',
      ],
      answer: [
        'You have 30 days to return it:\n\n1. Open **Orders** in your account and choose **{order}**.\n2. Press **Return** and say why; that helps us, but you do not have to.\n3. Print the label, or show the code at the parcel shop.\n\nThe return is free.',
        'Yes. Everything that is complete and unharmed can be sent back within 30 days, also when the box was opened.',
      ],
    },
    {
      title: ['Broken after three weeks', 'Warranty for a {product}'],
      ask: [
        'My {product} does not switch on any more. I have had it for three weeks.',
        'The handle of the {product} broke off. Is that covered by the warranty?',
      ],
      answer: [
        'That is covered: there are two years of warranty on it. You can have a new one or your money back, as you like. Which shall it be?',
        'I am sorry about that. Please send a photo of the broken part, then I can decide at once and without a return.',
      ],
      thought: 'Bought on {day}, so within the 24 months. No sign of misuse: offer exchange or refund.',
    },
    {
      title: ['Charged twice', 'Paid twice for {order}'],
      ask: [
        'You charged my card twice for {order}: {amount} on {day} and again the next day.',
        'There are two payments of {amount} on my statement. Why?',
      ],
      answer: [
        'The second line is only a reservation, which your bank drops by itself within seven days. We have booked {amount} once.',
        'You are right, it was booked twice. I have sent back one of them; I am sorry for the trouble.',
      ],
      tool: {
        name: 'listPayments',
        arguments: { order: '{order}' },
        result: { booked: 1, reserved: 1, each: '{amount}' },
      },
    },
    {
      title: ['Voucher instead of money', 'I do not want a voucher'],
      ask: [
        'I got a voucher of {amount} for my return. I want the money and not a voucher.',
        'Why do I get store credit? I paid by card.',
      ],
      answer: [
        'You chose the voucher on the return page, because it comes with 5 % on top. I can change it as long as it is not used. Shall I?',
        'Store credit is the standard for returns without a receipt.',
      ],
    },
  ],
  more: [
    {
      ask: ['To which card does the money go?', 'My card was replaced. Where does the money go now?'],
      answer: [
        'To the account you paid from. If the card was replaced, your bank still finds the account by the old number.',
        'It goes back the way it came. I cannot send it anywhere else, to protect you from fraud.',
      ],
    },
    {
      ask: ['That is far too long. I want to speak to a person.', 'Can I talk to a human please?'],
      answer: [
        'I understand. I have asked a colleague to call you; they are there on working days from 8 to 18 o’clock.',
        'Of course. The team for refunds has your case now ({ticket}) and answers by mail within one working day.',
      ],
      tool: { name: 'openTicket', arguments: { team: 'billing', topic: 'refund' }, result: { ticket: '{ticket}' } },
    },
    {
      ask: ['Who pays for the shipping?', 'Do I have to pay for the return?'],
      answer: [
        'We do, within the country. From other countries you pay the postage, and we give back up to {small}.',
        'The return is free with the label from your account.',
      ],
    },
    {
      ask: ['Is the shipping I paid given back too?', 'And the {small} for express?'],
      answer: [
        'Normal shipping is given back when you return everything of the order. The surcharge for express is not, unless it came late.',
      ],
    },
    {
      ask: ['I have thrown the box away. Is that a problem?', 'Do I need the original packaging?'],
      answer: ['It is not. Any box that keeps the {product} safe will do; please put the paper with the code inside.'],
    },
    {
      ask: ['How much will I get back exactly?', 'So how much is it in the end?'],
      answer: [
        'Here is how it adds up:\n\n| What | Amount |\n| --- | ---: |\n| {product} | {amount} |\n| Shipping | {small} |\n| Fee for the return | 0 |\n\nBoth are given back in one payment.',
      ],
    },
  ],
}
