import type { Meta, StoryObj } from '@storybook/react-vite'
import { ChatWindow, ConversationList } from 'conversation-kit'
import { expect } from 'storybook/test'
import { conversations } from '../support/conversations.ts'
import { scene } from '../support/scene.tsx'
import '../Playground.css'

interface Look {
  /** A preset. */
  theme: 'default' | 'compact' | 'flat'
  /** One colour; everything that has to be read follows from it. */
  accent?: string
  colorScheme?: 'light' | 'dark'
}

function Inbox({ theme, accent, colorScheme }: Look) {
  const style = accent ? ({ '--ck-accent': accent } as React.CSSProperties) : undefined
  return (
    <div className="playground">
      <ConversationList value="bread" style={style} data-theme={theme} data-color-scheme={colorScheme} />
      <ChatWindow conversationId="bread" title="Bread" theme={theme} style={style} colorScheme={colorScheme} />
    </div>
  )
}

const meta: Meta<typeof Inbox> = {
  title: 'Basics/Themes',
  component: Inbox,
  parameters: { page: { width: '64rem' } },
}
export default meta
type Story = StoryObj<typeof meta>

const looks = (args: Look): Story => ({
  ...scene({ conversations }).story,
  args,
  play: async ({ canvas }) => {
    await expect(await canvas.findByRole('heading', { name: 'If the starter is fine' })).toBeVisible()
  },
})

export const Default = looks({ theme: 'default' })
export const Compact = looks({ theme: 'compact' })
export const Flat = looks({ theme: 'flat' })
export const CompactDark = looks({ theme: 'compact', colorScheme: 'dark' })
export const FlatDark = looks({ theme: 'flat', colorScheme: 'dark' })
/** A colour that nothing can be written in, on white. */
export const YellowAccent = looks({ theme: 'default', accent: '#ffe000' })
export const YellowAccentDark = looks({ theme: 'default', accent: '#ffe000', colorScheme: 'dark' })
/** A colour that nothing can be written in, on black. */
export const NavyAccentDark = looks({ theme: 'default', accent: '#000a5c', colorScheme: 'dark' })
