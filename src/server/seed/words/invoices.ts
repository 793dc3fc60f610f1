import type { Subject, Tool } from './words.ts'

const INVOICE: Tool = {
  name: 'findInvoice',
  arguments: { invoice: '{invoice}' },
  result: { invoice: '{invoice}', amount: '{amount}', due: '{soon}', paid: false },
}

export const INVOICES: Subject = {
  topic: 'invoices',
  team: 'billing',
  bots: { 'bot-billing': 9, 'bot-support': 1 },
  dataset: 'dataset-help-center',
  tags: ['vat', 'reminder', 'subscription', 'invoice-copy', 'purchase-order'],
  openings: [
    {
      title: ['Copy of invoice {invoice}', 'Invoice as a PDF'],
      ask: [
        'I need a copy of the invoice {invoice} for our bookkeeping.',
        'Where can I download the invoice for {order}? The mail has none.',
      ],
      answer: [
        'You find all invoices under **Account → Invoices**. I have sent {invoice} to {email} as well.',
        'Here are the details:\n\n| Invoice | Net | VAT | Total |\n| --- | ---: | ---: | ---: |\n| {invoice} | {net} | {vat} | {amount} |\n\nThe PDF is in your mailbox.',
      ],
      tool: INVOICE,
    },
    {
      title: ['VAT number on {invoice}', 'Wrong company name on the invoice'],
      ask: [
        'Our VAT number is missing on {invoice}. Can you issue it again?',
        'The invoice is in my name, but it has to be in the name of the company.',
      ],
      answer: [
        'I can correct it until the end of the quarter. Please send the name, the address and the VAT number as they should stand there.',
        'A corrected invoice with the number {invoice}-K is on its way. Please throw the first one away.',
      ],
    },
    {
      title: ['Reminder although I paid', 'Paid, and still a reminder'],
      ask: [
        'I got a reminder for {invoice}, but I paid it on {day}.',
        'You threaten me with a fee. I paid {amount} two weeks ago!',
      ],
      answer: [
        'Your payment arrived without the number of the invoice, so nobody knew what it was for. I have matched them; forget the reminder.',
        'I find no payment of {amount}. Could you send a screenshot of the transfer?',
        'The reminder was sent automatically. It has been sent correctly.',
      ],
      tool: INVOICE,
      thought: 'A payment of {amount} on {day} has no reference. Same amount, same name: match it with {invoice}.',
    },
    {
      title: ['Cancel my subscription', 'End the care plan'],
      ask: [
        'I want to cancel my care plan. There is no button for it.',
        'Please end the subscription. You took {small} again this month.',
      ],
      answer: [
        'It is cancelled and ends on {soon}. Until then you can use everything, and nothing more is taken from your account.',
        'You can end it under **Account → Plan → End**. If you like I do it for you, I only need a yes.',
        'Subscriptions can be cancelled with a notice of three months.',
      ],
      thought: 'They want to end the plan, not to return anything. The paid period ends on {soon}.',
      tool: { name: 'endPlan', arguments: { email: '{email}' }, result: { ends: '{soon}', paidUntil: '{soon}' } },
    },
    {
      title: ['Why did the price go up?', 'Price of the plan'],
      ask: [
        'My plan cost {small} less until last month. Why did nobody tell me?',
        'What is this extra line of {small} on {invoice}?',
      ],
      answer: [
        'The first year was at the introductory price. We wrote about it on {day}, but I see that the mail was never opened.',
        'That is the care plan for the {product}. You can end it each month.',
      ],
    },
  ],
  more: [
    {
      ask: ['Can we pay by bank transfer?', 'Do you take purchase orders?'],
      answer: [
        'Companies can: after the third order, by invoice within 30 days. Before that by card or in advance.',
        'Yes. Put the number of the invoice into the reference, please, and nothing else.',
      ],
    },
    {
      ask: ['Can the invoices go to our accountant by themselves?', 'Please send all invoices to accounting too.'],
      answer: ['Add the address under **Account → Invoices → Copies**. Up to five people can get them.'],
    },
    {
      ask: ['In which currency is that?', 'Can I pay in pounds?'],
      answer: ['Prices are in euros. Your bank converts them at its own rate, which we do not know.'],
    },
    {
      ask: ['I need the invoices of the whole year.', 'Is there an export of everything?'],
      answer: [
        'There is: **Account → Invoices → Export** gives a CSV file with these columns:\n\n```csv\ninvoice,day,net,vat,total\n{invoice},{day},{net},{vat},{amount}\n```',
      ],
    },
    {
      ask: ['Can I pay in two parts?', 'I cannot pay all of it this month.'],
      answer: [
        'From {amount} on, yes: in three parts without interest. I have sent the form to {email}.',
        'Let us find a way. I have stopped the reminders for two weeks, and a colleague writes to you.',
      ],
    },
    {
      ask: ['That is not what I asked.', 'You did not answer my question.'],
      answer: [
        'I am sorry. Could you say in one sentence what you need? Then I try again, or hand over to a colleague.',
        'I understood that you need a copy of the invoice. You find all invoices in your account.',
      ],
    },
  ],
}
