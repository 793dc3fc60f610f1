import type { ConversationServerOptions } from 'conversation-kit/server'

type Seed = NonNullable<ConversationServerOptions['conversations']>[number]

const HOUR_MS = 3_600_000
const ago = (hours: number) => Date.now() - hours * HOUR_MS

/** A conversation in which everything an answer can hold turns up once. */
export const bread: Seed = {
  id: 'bread',
  name: 'Sourdough that rises',
  description: 'Why the second loaf stayed flat',
  createdAt: ago(3),
  updatedAt: ago(2),
  messages: [
    { id: 'bread-1', type: 'user', text: 'My sourdough stays flat. What should I look at first?' },
    {
      id: 'bread-2',
      type: 'bot',
      text: `Look at the **starter** before the recipe. It is ready when it has doubled within *four to six hours* and a spoonful floats.

### If the starter is fine

1. Let the dough rise at 24–26 °C; at 18 °C it needs twice as long.
2. Stop when it has grown by half, not when the clock says so.
3. Shape it tightly, and bake it cold from the fridge.

| Temperature | First rise | In the fridge |
|---|---:|---:|
| 20 °C | 8 h | 12 h |
| 24 °C | 5 h | 12 h |
| 26 °C | 4 h | 10 h |

> A flat loaf with a tight crumb has risen too little; one with large holes on top has risen too long.

To keep track, write the times down:

\`\`\`js
const loaf = { fed: '08:10', mixed: '13:40', folds: 4 }
console.log(\`ready at about \${loaf.mixed}\`)
\`\`\`

There is more in the [starter guide](https://bread.example/starter).`,
    },
    { id: 'bread-3', type: 'user', text: 'It doubles, but only overnight. Is 18 °C too cold?' },
    {
      id: 'bread-4',
      type: 'bot',
      text: 'Yes. At 18 °C a starter needs about twelve hours to double. Put it on top of the fridge or into the oven with only the light on, and feed it `1:2:2` (starter, flour, water) twice before you bake.',
    },
  ],
}

export const order: Seed = {
  id: 'order',
  name: 'Order 1043',
  description: 'Delivered to the wrong door',
  createdAt: ago(30),
  updatedAt: ago(26),
  messages: [
    { id: 'order-1', type: 'user', text: 'Where is my order?' },
    { id: 'order-2', type: 'bot', text: 'It was handed over this morning at number 12, the house next to yours.' },
  ],
}

export const arabic: Seed = {
  id: 'arabic',
  name: 'خبز البيت',
  createdAt: ago(80),
  updatedAt: ago(75),
  messages: [
    { id: 'arabic-1', type: 'user', text: 'كيف أحافظ على الخبز طازجًا؟' },
    {
      id: 'arabic-2',
      type: 'bot',
      text: `لفّه في قطعة قماش واتركه في **علبة غير محكمة** لمدة يومين. بعد ذلك:

- قطّعه إلى شرائح.
- ضعه في المجمّد.
- سخّنه عند 180 درجة لمدة خمس دقائق.

This paragraph is English, and reads from the left.`,
    },
  ],
}

export const unnamed: Seed = { id: 'unnamed', createdAt: ago(200), updatedAt: ago(200) }

export const conversations: Seed[] = [bread, order, arabic, unnamed]

/** As many conversations as wanted, the first the newest. */
export const many = (count: number): Seed[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `many-${index}`,
    name: `Question ${count - index}`,
    createdAt: ago(index),
    updatedAt: ago(index),
  }))

/** A long thread. */
export const long: Seed = {
  id: 'long',
  name: 'A long talk',
  messages: Array.from({ length: 260 }, (_, index) => ({
    id: `long-${index}`,
    type: index % 2 === 0 ? 'user' : 'bot',
    text:
      index % 2 === 0
        ? `Question ${index / 2 + 1}`
        : `Answer ${(index + 1) / 2}. ${'It goes on for a while. '.repeat((index % 7) + 1)}`,
  })),
}

export const ANSWER = `The loaf needs **warmth** and *time*:

1. Feed the starter at noon.
2. Mix when it has doubled.
3. Bake the next morning.

Write the times down, and change one thing at a time.`
