import type { Subject, Tool } from './words.ts'

const LOOK_UP: Tool = {
  name: 'lookUpOrder',
  arguments: { order: '{order}' },
  result: { order: '{order}', status: 'packed', items: 2, total: '{amount}', placed: '{day}' },
}

export const ORDERS: Subject = {
  topic: 'orders',
  team: 'orders',
  bots: { 'bot-orders': 8, 'bot-support': 3 },
  dataset: 'dataset-help-center',
  tags: ['change', 'cancel', 'gift', 'bulk', 'missing-item'],
  openings: [
    {
      title: ['Where is order {order}?', 'Status of {order}'],
      ask: [
        'Hello, I ordered a {product} on {day} and have heard nothing since. The number is {order}.',
        'Can you tell me what is going on with {order}?',
        'Order {order}: is it still being packed, or did something go wrong?',
      ],
      answer: [
        'Order **{order}** was packed this morning and waits for the carrier. You will get a mail with the tracking number as soon as it leaves us.',
        'I found it. {order} is packed; it leaves our warehouse in {city} with the next pick-up, normally within one working day.',
      ],
      tool: LOOK_UP,
    },
    {
      title: ['Cancel {order}', 'Cancelling an order'],
      ask: [
        'I want to cancel order {order}, I bought the wrong {product}.',
        'Please stop {order}. I clicked twice and now have two of them.',
      ],
      answer: [
        'I have cancelled **{order}** before it was packed. The {amount} go back to the card you paid with; banks need three to five working days for that.',
        'Your order is already packed, so I cannot stop it any more. Refuse the parcel at the door, or send it back within 30 days: both are free of charge.',
      ],
      thought: 'Packed or not packed decides it. The order {order} was placed on {day}.',
      tool: { name: 'cancelOrder', arguments: { order: '{order}' }, result: { cancelled: true, refund: '{amount}' } },
    },
    {
      title: ['Wrong item in {order}', 'Received the wrong product'],
      ask: [
        'The parcel came today, but instead of the {product} there is a {other} in it.',
        'You sent me a {other}. I ordered a {product}, see {order}.',
      ],
      answer: [
        'I am sorry, that was our mistake. I have started an exchange: the right {product} ships today, and the carrier takes the {other} with them when they bring it.',
        'That should not have happened. Keep the {other} in its box, please. A label for the return is in your mail, and the {product} is on its way.',
      ],
      thought:
        'The order lists the {product}. The warehouse scanned a {other}: a picking error, so the exchange is free.',
    },
    {
      title: ['Change the address of {order}', 'New delivery address'],
      ask: [
        'I moved last week and forgot to change my address. Can {order} go to {city} instead?',
        'Please send {order} to my office and not to my home. Is that still possible?',
      ],
      answer: [
        'Yes, that is still possible. Write me the full address with postcode, and I change it right away.',
        'The label is printed already. You can redirect the parcel on the page of the carrier, without cost, until the evening before it is delivered.',
      ],
      thought:
        'A change of address is possible as long as the label is not printed. Check that before promising anything.',
    },
    {
      title: ['Missing part in {order}', 'Something is missing'],
      ask: [
        'The box of my {product} was open and the power supply is missing.',
        'There are only two of the three things I ordered in the parcel ({order}).',
      ],
      answer: [
        'Thank you for telling us. I have ordered the missing part for you; it comes in a letter of its own, and there is nothing to pay.',
        'Orders with several things sometimes come in two parcels. The second one of **{order}** left {city} on {day} and should be with you tomorrow.',
      ],
      tool: LOOK_UP,
    },
    {
      title: ['Forty pieces for our office', 'Order for a company'],
      ask: [
        'We would like to order 40 {product}s for our office in {city}. Is there a better price?',
        'Do you take purchase orders from schools? We need about 25 {product}s.',
      ],
      answer: [
        'From 20 pieces on there is a discount:\n\n| Pieces | Discount |\n| ---: | ---: |\n| 20 | 5 % |\n| 50 | 9 % |\n| 100 | 14 % |\n\nShall I prepare an offer in your name?',
        'Yes. Companies and schools can pay by invoice within 30 days. Tell me the address for the invoice and your tax number, and I prepare an offer.',
      ],
    },
  ],
  more: [
    {
      ask: ['And can I add a second {product} to it?', 'Could you put a {other} into the same parcel?'],
      answer: [
        'Not into this parcel, I am afraid. Order it on its own and write to us: we take the shipping costs off again.',
        'I have added it. The new total is {amount}, and the parcel leaves one day later.',
      ],
    },
    {
      ask: ['Will I get a confirmation of that?', 'Do I get a mail about the change?'],
      answer: [
        'Yes, a mail is on its way to {email}. If it is not there in ten minutes, look into the spam folder.',
        'You do: the confirmation has the subject “Your order {order}”.',
      ],
    },
    {
      ask: ['Can you wrap it as a gift?', 'It is a present. Please leave the price out of the parcel.'],
      answer: [
        'Of course. There is only a delivery note without prices in it, and a card if you tell me what it should say.',
        'Gift wrapping costs {small} and is added with one click in the basket. For an order that is placed already, I cannot add it.',
      ],
    },
    {
      ask: ['How late can I still change something?', 'Until when can this be changed?'],
      answer: [
        'Until the order is packed. On working days that is about 14:00, and you see it in your account: the button **Change** is gone then.',
      ],
    },
    {
      ask: ['Which of my orders are still open?', 'Can you list what I ordered this month?'],
      answer: [
        'These are the last three:\n\n1. **{order}**: {product}, packed\n2. **{order2}**: {other}, delivered on {day}\n3. **{order3}**: spare parts, delivered',
      ],
      tool: {
        name: 'listOrders',
        arguments: { email: '{email}' },
        result: { count: 3, open: '{order}', newest: '{order}' },
      },
    },
    {
      ask: ['The page says “payment pending”. What does that mean?', 'Why does it still say that I have not paid?'],
      answer: [
        'Your bank has not confirmed the transfer yet. It does so within two working days; the {product} is reserved for you until then.',
        'That line is only refreshed once an hour. I see the payment of {amount} here, so everything is fine.',
      ],
    },
  ],
}
