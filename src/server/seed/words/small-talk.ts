import type { Subject } from './words.ts'

export const SMALL_TALK: Subject = {
  topic: 'small-talk',
  team: 'sales',
  bots: { 'bot-support': 6, 'bot-sales': 3 },
  dataset: null,
  tags: ['greeting', 'feedback', 'jobs', 'press', 'off-topic'],
  openings: [
    {
      title: ['Hello', 'Just saying hi'],
      ask: ['hi', 'Hello there 👋', 'Good morning! Is anybody there?', 'test'],
      answer: [
        'Hello! I am the assistant of Hearth & Light. What can I do for you?',
        'Good day! Ask me about orders, deliveries, invoices or our products.',
      ],
    },
    {
      title: ['Are you a real person?', 'Bot or human?'],
      ask: ['Am I talking to a machine?', 'Are you a real person?', 'Do you dream of electric lamps?'],
      answer: [
        'I am a program. If you would rather talk to a person, say so, and I call one.',
        'A machine, and a patient one. Colleagues made of flesh and coffee are here from 8 to 18 o’clock.',
      ],
    },
    {
      title: ['Praise for the team', 'Thank you'],
      ask: [
        'I only wanted to say that the {product} is wonderful. Please tell the people who made it.',
        'The driver carried the parcel up four floors. Please thank him from me! 🙏',
      ],
      answer: [
        'That makes our day, thank you! I have passed it on to the people in {city}.',
        'How kind of you to write. They will hear of it in the meeting on Monday.',
      ],
    },
    {
      title: ['Do you have jobs?', 'Working for you'],
      ask: ['Are you looking for people in {city}?', 'Do you take interns?'],
      answer: [
        'All open positions are on [our page](https://jobs.hearth.example). In {city} we look for somebody who repairs {product}s.',
        'We do, twice a year. Write to people@hearth.example with two sentences about you.',
      ],
    },
    {
      title: ['Your opening hours', 'Opening hours of the showroom'],
      ask: ['When is your showroom open?', 'Are you open on Sunday?'],
      answer: [
        'Tuesday to Friday from 10 to 19, Saturday from 10 to 16 o’clock. On Sundays and Mondays it is closed.',
        'I am always open. The showroom is not: see its hours on the page.',
      ],
    },
  ],
  more: [
    {
      ask: ['Tell me a joke.', 'Make me laugh.'],
      answer: [
        'Why did the lamp go to school? It wanted to be brighter.',
        'I know one about parcels, but it has not arrived yet.',
      ],
    },
    {
      ask: ['What is the weather like in {city}?', 'Will it rain tomorrow?'],
      answer: ['I cannot look out of a window. I can tell you, though, that our garden lamps do not mind rain.'],
    },
    {
      ask: ['Which one is your favourite?', 'What would you buy?'],
      answer: [
        'I have no kitchen, but if I had one, there would be a {product} in it.',
        'People who buy a {product} come back most seldom. I take that as a good sign.',
      ],
    },
    {
      ask: ['How old is your company?', 'Who founded Hearth & Light?'],
      answer: [
        'Two sisters began in 1994 with one kiln in {city}. Today we are 140 people, and the kiln is still there.',
      ],
    },
    {
      ask: ['You are useless.', 'This is a waste of time.', 'STOP ANSWERING LIKE A ROBOT'],
      answer: [
        'I am sorry that I could not help. Shall I call a colleague?',
        'I understand that you are angry. A person of our team takes over now.',
        'Please stay polite.',
      ],
    },
  ],
}
