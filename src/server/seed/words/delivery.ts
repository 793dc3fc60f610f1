import type { Subject, Tool } from './words.ts'

const TRACK: Tool = {
  name: 'trackParcel',
  arguments: { parcel: '{parcel}' },
  result: { parcel: '{parcel}', place: '{city}', state: 'in transit', expected: '{soon}' },
}

export const DELIVERY: Subject = {
  topic: 'delivery',
  team: 'orders',
  bots: { 'bot-orders': 8, 'bot-support': 2 },
  dataset: 'dataset-help-center',
  tags: ['late', 'damaged', 'customs', 'neighbour', 'express'],
  openings: [
    {
      title: ['Parcel {parcel} is stuck', 'Tracking has not moved for days'],
      ask: [
        'My parcel {parcel} has been in {city} for five days and does not move.',
        'The tracking says “in transit” since {day}. Is it lost?',
      ],
      answer: [
        'It was scanned in **{city}** this night, so it is not lost. The carrier has a backlog there and expects to deliver it on {soon}.',
        'I have asked the carrier to look for it. If it is not found within three days, we send a new {product} without waiting for them.',
      ],
      thought: 'Five days without a scan is long, but the depot in {city} had a strike. Not lost yet.',
      tool: TRACK,
    },
    {
      title: ['Delivered, but not here', 'Parcel marked as delivered'],
      ask: [
        'The app says that my parcel was delivered, but nobody was at the door and nothing is here.',
        'It says “handed to neighbour”. None of my neighbours has it.',
      ],
      answer: [
        'The carrier noted *behind the blue bin*. Could you look there first? If it is not there, I open an investigation for {parcel}.',
        'Parcels are sometimes marked a few hours before they arrive. If nothing has come by tomorrow noon, write again and we send a new one.',
      ],
      thought: 'Marked as delivered, not received: first the usual places, then an investigation.',
      tool: TRACK,
    },
    {
      title: ['{product} arrived damaged', 'Box was crushed'],
      ask: [
        'The box was crushed and the glass of the {product} is broken.',
        'Everything in the parcel is wet. What now?',
      ],
      answer: [
        'I am sorry. Please take two photos, one of the box and one of the {product}, and send them here. You do not have to return it.',
        'Thank you for the report. A new {product} leaves us today. Please mind the broken glass.',
      ],
    },
    {
      title: ['Do you ship to {country}?', 'Shipping to {country}'],
      ask: [
        'Do you deliver to {country}, and what does it cost?',
        'I live in {country}. How long would a {product} take?',
      ],
      answer: [
        'We do. To {country} it takes four to seven working days and costs {small}; from {amount} on it is free.',
        'Yes. Duties are paid by us, so that nobody asks you for money at the door.',
      ],
    },
    {
      title: ['Express did not come', 'Paid for express, came late'],
      ask: [
        'I paid {small} for express and the parcel came two days late.',
        'Express should be here by noon. It is 15:00.',
      ],
      answer: [
        'Then you get the {small} back; I have just sent them. The driver had an accident near {city}, nobody was hurt.',
        'Express means that it leaves us on the same day. When it arrives depends on the carrier.',
      ],
    },
  ],
  more: [
    {
      ask: ['Can I pick it up myself?', 'Can it go to a parcel shop?'],
      answer: ['Yes: choose a shop on the page of the carrier. They keep it for seven days; bring an identity card.'],
      tool: TRACK,
    },
    {
      ask: ['Nobody is at home before six.', 'Could they come in the evening?'],
      answer: [
        'You can name a place where it may be left, or a neighbour. A time in the evening costs {small} and can be booked until midnight.',
      ],
    },
    {
      ask: ['What is the number of the carrier?', 'How can I reach the driver?'],
      answer: [
        'The driver cannot be called. The line of the carrier is in the tracking mail; say the number **{parcel}** there.',
      ],
    },
    {
      ask: ['Please send it again.', 'Send a new one then.'],
      answer: [
        'Done: the new order is **{order2}**, and you do not pay for it. Should the first parcel still arrive, refuse it.',
        'I can do that as soon as the carrier has confirmed the loss, which takes two days.',
      ],
      tool: { name: 'sendAgain', arguments: { order: '{order}' }, result: { order: '{order2}', price: 0 } },
    },
    {
      ask: ['Why two parcels?', 'Only half of it has arrived.'],
      answer: ['The {other} comes from another warehouse, in {city}. It is on its way and costs nothing more.'],
    },
    {
      ask: ['And how do I know that it will be on time?', 'When exactly will it come?'],
      answer: [
        'On the morning of the delivery you get a window of two hours by mail. Before that, nobody knows it better than “{soon}”.',
        'Tomorrow between 9 and 11 o’clock.',
      ],
    },
  ],
}
