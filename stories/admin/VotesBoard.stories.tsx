import type { Meta, StoryObj } from '@storybook/react-vite'
import { VotesBoard } from 'conversation-kit/admin'
import { expect, fn, waitFor, within } from 'storybook/test'
import { scene } from '../support/scene.tsx'
import { botNames, castVotes, voted } from '../support/votes.ts'

const meta: Meta<typeof VotesBoard> = {
  title: 'Admin/VotesBoard',
  component: VotesBoard,
  args: { botNames, onOpen: fn() },
  parameters: { page: { width: '52rem', height: 'calc(100dvh - 2rem)' } },
}
export default meta
type Story = StoryObj<typeof meta>

/** A server on which people have voted. */
function withVotes() {
  const { server, story } = scene(voted)
  const beforeEach = async () => {
    story.beforeEach()
    await castVotes(server)
  }
  return { server, story: { ...story, beforeEach } }
}

export const Voted: Story = {
  ...withVotes().story,
  play: async ({ canvas, userEvent, args }) => {
    await waitFor(() => expect(canvas.getByRole('region', { name: 'Votes' })).toHaveAttribute('data-status', 'ready'))
    await userEvent.click(await canvas.findByRole('button', { name: /^wrong/i }))
    const downs = within(canvas.getByRole('list', { name: 'Down-votes' }))
    const [first] = downs.getAllByRole('button', { name: /wrong$/i })
    await userEvent.click(first!)
    await expect(args.onOpen).toHaveBeenCalledWith({
      conversationId: expect.stringMatching(/^talk-/),
      messageId: expect.stringMatching(/-a$/),
    })
  },
}

export const AsTables: Story = {
  ...withVotes().story,
  play: async ({ canvas, userEvent }) => {
    for (const name of ['Table Over time', 'Table By bot', 'Table By model', 'Table Why down']) {
      await userEvent.click(await canvas.findByRole('button', { name }))
    }
    await waitFor(() => expect(canvas.getAllByRole('table')).toHaveLength(4))
  },
}

export const NoVotes: Story = {
  ...scene().story,
  play: async ({ canvas }) => {
    await expect(await canvas.findByText('No votes yet.')).toBeVisible()
  },
}

export const Refused: Story = {
  ...scene({ prepare: (server) => server.fail('contact.list', { status: 500, times: 9 }) }).story,
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('alert')).toHaveTextContent('The votes could not all be read.')
  },
}

export const NarrowFromRight: Story = {
  ...withVotes().story,
  parameters: { page: { width: '22.5rem', height: 'calc(100dvh - 2rem)', scheme: 'dark', dir: 'rtl' } },
}
