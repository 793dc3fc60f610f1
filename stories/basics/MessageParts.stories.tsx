import type { Meta, StoryObj } from '@storybook/react-vite'
import { Chat, ChatWindow } from 'conversation-kit'
import type { ConversationServerOptions } from 'conversation-kit/server'
import { expect, waitFor } from 'storybook/test'
import { scene } from '../support/scene.tsx'

type Seed = NonNullable<ConversationServerOptions['conversations']>[number]
type Messages = NonNullable<Seed['messages']>

const meta: Meta<typeof ChatWindow> = { title: 'Basics/Message parts', component: ChatWindow }
export default meta
type Story = StoryObj<typeof ChatWindow>

const talk = (...messages: Messages): Seed => ({ id: 'parts', messages })
const args = { conversationId: 'parts', title: 'Bakery' }

const thinking = scene({ conversations: [talk()] })
/** While the model thinks the line says so; what it thinks can be unfolded. */
export const Thinking: Story = {
  ...thinking.story,
  args,
  play: async ({ canvas, userEvent }) => {
    const reply = thinking.server.holdReply()
    await userEvent.type(canvas.getByRole('textbox'), 'When should I feed the starter?{Enter}')
    const token =
      'They bake on Saturday morning. Counting back twelve hours for the cold rise and five for the first one…'
    await reply.event({ type: 'reasoningToken', data: { token } })
    const thought = await canvas.findByText(token)
    await expect(thought.closest('details')).not.toHaveAttribute('open')
    await userEvent.click(canvas.getByText('Thinking…'))
    await expect(thought).toBeVisible()
  },
}

const thought = scene({
  conversations: [talk()],
  async *reply({ sleep }) {
    yield { type: 'reasoningToken', data: { token: 'They bake on Saturday morning, ' } }
    await sleep(1100)
    yield { type: 'reasoningToken', data: { token: 'so seventeen hours before that.' } }
    yield 'Feed it on **Friday at two** in the afternoon.'
  },
})
/** Afterwards it tells how long the thought took. */
export const Thought: Story = {
  ...thought.story,
  args,
  play: async ({ canvas, userEvent }) => {
    await userEvent.type(canvas.getByRole('textbox'), 'When should I feed the starter?{Enter}')
    const line = await canvas.findByText(/^Thought for \d+ s$/)
    await expect(canvas.queryByText(/seventeen hours/)).not.toBeVisible()
    await userEvent.click(line)
    await expect(canvas.getByText(/seventeen hours/)).toBeVisible()
  },
}

const activity = (type: 'request' | 'response', name: string, more: object): Messages[number] => ({
  type: 'activity',
  text: '',
  meta: { activity: { type, function: { name, ...more } } },
})
const oven = { arguments: { zone: 'upper', unit: 'celsius' } }
const timer = { arguments: { minutes: 45, label: 'Loaf' } }
const called = talk(
  { type: 'user', text: 'Is the oven hot enough? Then set the timer.' },
  activity('request', 'readOven', oven),
  activity('response', 'readOven', {
    ...oven,
    result: '{"celsius":231,"target":230,"zones":[{"name":"upper","celsius":231},{"name":"lower","celsius":228}]}',
  }),
  activity('request', 'setTimer', timer),
  activity('response', 'setTimer', { ...timer, result: '{"error":"The timer is in use until 14:20."}' }),
  { type: 'bot', text: 'It is at **231 °C**: put the bread in. The timer is in use, so look at the clock.' },
)

/** What the assistant called: a line each, that unfolds to arguments and result. */
export const Tools: Story = {
  ...scene({ conversations: [called] }).story,
  args,
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByText('Ran readOven'))
    await expect(await canvas.findByText(/"celsius": 231,/)).toBeVisible()
    await userEvent.click(canvas.getByText('setTimer failed'))
    await expect(await canvas.findByText('The timer is in use until 14:20.')).toBeVisible()
  },
}

const calling = scene({ conversations: [talk()] })
/** A call that is not answered yet. */
export const ToolRunning: Story = {
  ...calling.story,
  args,
  play: async ({ canvas, userEvent }) => {
    const reply = calling.server.holdReply()
    await userEvent.type(canvas.getByRole('textbox'), 'Is the oven hot?{Enter}')
    await reply.event({
      type: 'message',
      data: { ...activity('request', 'readOven', oven), type: 'activity', text: '' },
    })
    await expect(await canvas.findByText('Running readOven…')).toBeVisible()
  },
}

const DAY_MS = 86_400_000
const noon = (daysAgo: number, minutes = 0) => {
  const date = new Date(Date.now() - daysAgo * DAY_MS)
  return date.setHours(0, 5 + minutes, 0, 0)
}
const days = talk(
  { type: 'user', text: 'Is rye flour heavier than wheat?', createdAt: noon(400) },
  { type: 'bot', text: 'By the cup, yes: about 100 g to 120 g.', createdAt: noon(400, 1) },
  { type: 'user', text: 'I opened the bag of rye.', createdAt: noon(1) },
  { type: 'user', text: 'How long does it keep?', createdAt: noon(1, 1) },
  { type: 'user', text: 'It is whole grain.', createdAt: noon(1, 2) },
  { type: 'bot', text: 'Three months in the cupboard.', createdAt: noon(1, 3) },
  { type: 'bot', text: 'In the freezer it is good for a year.', createdAt: noon(1, 4) },
  { type: 'user', text: 'And the starter?', createdAt: noon(0) },
  { type: 'bot', text: 'A week in the fridge without food.', createdAt: noon(0, 1) },
)

/** Each day is named once; who says more than one thing in a row does it closer together, under one mark. */
export const Days: Story = {
  ...scene({ conversations: [days] }).story,
  args,
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('Today')).toBeVisible()
    await expect(canvas.getByText('Yesterday')).toBeVisible()
    const first = canvas.getByText('I opened the bag of rye.').getBoundingClientRect()
    const second = canvas.getByText('How long does it keep?').getBoundingClientRect()
    const answer = canvas.getByText('Three months in the cupboard.').getBoundingClientRect()
    const third = canvas.getByText('It is whole grain.').getBoundingClientRect()
    await expect(second.top - first.bottom).toBeLessThan(answer.top - third.bottom)
  },
}

const question = talk(
  { type: 'user', text: 'How hot should the oven be?' },
  { type: 'bot', text: 'As hot as it gets, about 250 °C.' },
)
/** A message of one's own is said otherwise in its place, and answered again. */
export const Edit: Story = {
  ...scene({ conversations: [question], reply: 'Then 180 °C is enough.' }).story,
  args,
  play: async ({ canvas, userEvent }) => {
    await canvas.findByText('As hot as it gets, about 250 °C.')
    await userEvent.click(canvas.getByRole('button', { name: 'Edit' }))
    const field = await canvas.findByRole('textbox', { name: 'Edit' })
    await waitFor(() => expect(field).toHaveFocus())
    await userEvent.type(field, ' For rolls, I mean.{Enter}')
    await expect(await canvas.findByText('Then 180 °C is enough.')).toBeVisible()
    await expect(canvas.queryByText('As hot as it gets, about 250 °C.')).toBeNull()
    await expect(canvas.getByText('How hot should the oven be? For rolls, I mean.')).toBeVisible()
  },
}

/** What is about to go is said before. */
export const EditEarlier: Story = {
  ...scene({
    conversations: [
      talk(...question.messages!, { type: 'user', text: 'For how long?' }, { type: 'bot', text: 'An hour.' }),
    ],
  }).story,
  args,
  play: async ({ canvas, userEvent }) => {
    await canvas.findByText('An hour.')
    await userEvent.click(canvas.getAllByRole('button', { name: 'Edit' })[0]!)
    await expect(await canvas.findByText('What was said after this will be removed.')).toBeVisible()
  },
}

const refused = scene({
  conversations: [question],
  prepare: (server) => server.fail('message.update', { status: 500, times: 99 }),
})
/** When it cannot be sent nothing is lost, and it can be tried again. */
export const EditFails: Story = {
  ...refused.story,
  args,
  play: async ({ canvas, userEvent }) => {
    await canvas.findByText('As hot as it gets, about 250 °C.')
    await userEvent.click(canvas.getByRole('button', { name: 'Edit' }))
    await userEvent.type(await canvas.findByRole('textbox', { name: 'Edit' }), ' Tell me.{Enter}')
    await expect(await canvas.findByText('Something went wrong. Try again.')).toBeVisible()
    await expect(canvas.getByRole('textbox', { name: 'Edit' })).toHaveValue('How hot should the oven be? Tell me.')
    await expect(canvas.getByText('As hot as it gets, about 250 °C.')).toBeVisible()
  },
}

const limited = scene({
  conversations: [talk()],
  reply: [
    { type: 'token', data: { token: 'Feed the starter at two. Mix the dough when it has doubled. Then' } },
    { type: 'result', data: { text: '', usage: { token: 12 }, end: { reason: 'length' } } },
  ],
})
/** An answer that reached its limit says so, and can be gone on with. */
export const CutOff: Story = {
  ...limited.story,
  args,
  play: async ({ canvas, userEvent }) => {
    await userEvent.type(canvas.getByRole('textbox'), 'How do I bake bread?{Enter}')
    await expect(await canvas.findByText('Cut off at its limit')).toBeVisible()
    limited.server.reply('let it rise in the fridge.')
    await userEvent.click(canvas.getByRole('button', { name: 'Continue' }))
    await expect(await canvas.findByText('let it rise in the fridge.')).toBeVisible()
    await waitFor(() => expect(canvas.queryByRole('button', { name: 'Continue' })).toBeNull())
  },
}

const usage = scene({
  conversations: [talk()],
  reply: [
    { type: 'token', data: { token: 'Three months in the cupboard.' } },
    { type: 'result', data: { text: '', usage: { token: 1234 }, end: { reason: 'stop' } } },
  ],
})
/** `Chat.Usage`: what an answer took, as long as the page is open. */
export const Usage: StoryObj = {
  ...usage.story,
  render: () => (
    <Chat.Root conversationId="parts">
      <Chat.Viewport>
        <Chat.Messages>
          {({ message }) => (
            <Chat.Message message={message}>
              <Chat.Bubble>
                <Chat.Parts />
              </Chat.Bubble>
              <Chat.Actions>
                <Chat.Copy />
                <Chat.Time />
                <Chat.Usage />
              </Chat.Actions>
            </Chat.Message>
          )}
        </Chat.Messages>
      </Chat.Viewport>
      <Chat.Composer>
        <Chat.Input />
        <Chat.Send />
      </Chat.Composer>
    </Chat.Root>
  ),
  play: async ({ canvas, userEvent }) => {
    await userEvent.type(canvas.getByRole('textbox'), 'How long does rye keep?{Enter}')
    await expect(await canvas.findByText('1,234 tokens')).toBeVisible()
  },
}

/** `Chat.Export`: the talk as a file, for people or for programs. */
export const Export: StoryObj = {
  ...scene({ conversations: [called] }).story,
  render: () => (
    <Chat.Root conversationId="parts">
      <Chat.Header style={{ display: 'flex', gap: '0.5rem', alignItems: 'center' }}>
        <Chat.Title style={{ flex: 1 }}>Bakery 🍞</Chat.Title>
        <Chat.Export title="Bakery 🍞" />
        <Chat.Export title="Bakery 🍞" format="json">
          JSON
        </Chat.Export>
      </Chat.Header>
      <Chat.Viewport>
        <Chat.Messages />
      </Chat.Viewport>
    </Chat.Root>
  ),
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('button', { name: 'Export' })).toBeVisible()
    await expect(canvas.getByRole('button', { name: 'JSON' })).toBeVisible()
  },
}
