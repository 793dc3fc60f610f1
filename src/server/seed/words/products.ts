import type { Subject, Tool } from './words.ts'

const SEARCH: Tool = {
  name: 'searchCatalogue',
  arguments: { query: '{product}' },
  result: { found: 3, first: '{product}', price: '{amount}', inStock: true },
}

export const PRODUCTS: Subject = {
  topic: 'products',
  team: 'sales',
  bots: { 'bot-sales': 8, 'bot-support': 2 },
  dataset: 'dataset-catalogue',
  tags: ['compare', 'in-stock', 'compatibility', 'sizes', 'advice'],
  openings: [
    {
      title: ['Which {product} fits a small flat?', 'Advice on a {product}'],
      ask: [
        'I am looking for a {product} for a small flat. Which one would you take?',
        'Is the {product} loud? We have a baby.',
      ],
      answer: [
        'For up to 40 m² the small one is enough:\n\n| | Small | Large |\n| --- | ---: | ---: |\n| Price | {small} | {amount} |\n| Noise | 31 dB | 44 dB |\n| Energy a year | 48 kWh | 95 kWh |\n\nWith a baby I would take the small one: you hear it less than a fridge.',
        'The most liked one is the {product} with 4.6 of 5 stars. People praise that it is quiet, and complain that the cable is short.',
      ],
      thought: 'A small flat and a baby: noise matters more than power. Compare the two that are in stock.',
      tool: SEARCH,
    },
    {
      title: ['{product} or {other}?', 'Compare two products'],
      ask: ['What is the difference between the {product} and the {other}?', 'I cannot decide: {product} or {other}?'],
      answer: [
        'In short:\n\n- The **{product}** is lighter and can be repaired with a screwdriver.\n- The **{other}** does more by itself, and needs the app for it.\n\nFor daily use I would take the first.',
        'They do not do the same. Tell me what you want it for, and I say which one.',
      ],
      thought: 'Both are in stock. The difference that matters to most people is repair and noise, not power.',
    },
    {
      title: ['Is the {product} back in stock?', 'Sold out'],
      ask: ['When will the {product} be available again?', 'The {product} is sold out in white. Will it come back?'],
      answer: [
        'A delivery is expected on {soon}. Press **Tell me** on its page, and you get a mail on that morning.',
        'In white it is not made any more. In green there are eleven left.',
      ],
      tool: SEARCH,
    },
    {
      title: ['Does it work with my old one?', 'Spare parts for a {product}'],
      ask: [
        'Does the new filter fit the {product} of 2021?',
        'Are there spare parts for the {product}? The lid has a crack.',
      ],
      answer: [
        'It does, with the adapter that is in the box. The number of the model is on the bottom and begins with `HL-`.',
        'Yes, for at least ten years. The lid costs {small}; no tools are needed.',
      ],
    },
    {
      title: ['How much energy does it need?', 'Power of the {product}'],
      ask: [
        'What does a {product} cost me in electricity a year?',
        'How many watts does the {product} take on standby?',
      ],
      answer: [
        'With two hours a day it is about 95 kWh a year. The formula is simple: $E = P \\cdot t$, so 130 W times 730 hours.',
        'Less than half a watt. Over a year that is about as much as one washing.',
      ],
    },
  ],
  more: [
    {
      ask: ['Is it dishwasher safe?', 'Can I put it into the dishwasher?'],
      answer: [
        'The glass parts are, the metal ones are not: they go dull. Lukewarm water and a brush are enough.',
        'Yes, at 60 °C, in the upper rack.',
      ],
    },
    {
      ask: ['Which colours are there?', 'Is it also there in green?'],
      answer: ['White, graphite and green. The green one is a little darker than on the picture.'],
    },
    {
      ask: ['Is there a manual to download?', 'Do you have the manual in Spanish?'],
      answer: [
        'There is, in eleven languages: [manuals](https://docs.hearth.example/manuals). Choose the model, then the language.',
      ],
    },
    {
      ask: ['What do others say about it?', 'Are there reviews?'],
      answer: [
        '> I have had it for a year and forgot that it is there. That is praise.\n\nThere are 312 reviews, with 4.6 stars on average. The most frequent complaint is the short cable.',
      ],
      tool: SEARCH,
    },
    {
      ask: ['Can I see it somewhere?', 'Do you have a shop?'],
      answer: [
        'There is a showroom in {city}, open from Tuesday to Saturday. Call before you come, not everything is always there.',
        'Not near you, I am afraid. You have 30 days at home to try it.',
      ],
    },
    {
      ask: ['Is there a discount for students?', 'Do you have a code for me? :)'],
      answer: [
        'Students get 10 % with a valid mail address of their university. The code is sent to that address.',
        'Not at the moment. Subscribers of the newsletter get {small} off the first order.',
      ],
    },
  ],
}
