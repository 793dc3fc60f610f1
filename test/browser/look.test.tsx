import '../../src/styles/index.css'
import { cleanup, render, screen, waitFor, within } from '@testing-library/react'
import { ChatBubble, ChatWindow, ConversationList, Markdown, VoteButtons } from 'conversation-kit'
import { createTestKit } from 'conversation-kit/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { cdp } from 'vitest/browser'
import styles from '../../src/styles/index.css?inline'

interface Emulation {
  send: (method: string, params: object) => Promise<unknown>
}

const emulate = (features: Record<string, string> = {}) =>
  (cdp() as unknown as Emulation).send('Emulation.setEmulatedMedia', {
    features: Object.entries(features).map(([name, value]) => ({ name, value })),
  })

beforeEach(() => document.documentElement.style.setProperty('color-scheme', 'light'))
afterEach(async () => {
  cleanup()
  document.documentElement.removeAttribute('style')
  await emulate()
})

type Rgb = [number, number, number]
type Rgba = [number, number, number, number]

const context = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', {
  willReadFrequently: true,
})!

/** A colour of any notation as the screen shows it. */
function painted(color: string): Rgba {
  context.clearRect(0, 0, 1, 1)
  context.fillStyle = color
  context.fillRect(0, 0, 1, 1)
  const [r, g, b, a] = context.getImageData(0, 0, 1, 1).data
  return [r!, g!, b!, a! / 255]
}

const over = ([r, g, b, a]: Rgba, below: Rgb): Rgb =>
  [r, g, b].map((value, index) => value * a + below[index]! * (1 - a)) as Rgb

/** What is painted behind the content of an element. */
function groundOf(element: Element): Rgb {
  const below: Rgb = element.parentElement ? groundOf(element.parentElement) : [255, 255, 255]
  return over(painted(getComputedStyle(element).backgroundColor), below)
}

function luminance(color: Rgb): number {
  const [r, g, b] = color.map((value) => {
    const share = value / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as Rgb
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(one: Rgb, two: Rgb): number {
  const [light, dark] = [luminance(one), luminance(two)].toSorted((a, b) => b - a) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

/** The contrast of an element's text, or of another colour of it, with what is behind it. */
function readability(
  element: Element,
  property: 'color' | 'outlineColor' | 'borderTopColor' = 'color',
  ground = element,
) {
  const behind = groundOf(ground)
  return contrast(over(painted(getComputedStyle(element)[property]), behind), behind)
}

const TALK = {
  id: 'c1',
  name: 'Talk',
  messages: [
    { id: 'm1', type: 'user' as const, text: 'See https://example.com/a' },
    {
      id: 'm2',
      type: 'bot' as const,
      text: 'A [link](https://example.com/b), `code` and\n\n> a quote\n\n| a |\n|---|\n| b |',
    },
  ],
}

/** As many colours as wanted, the same in each run. */
function colours(count: number): string[] {
  let seed = 20_261_121
  const next = () => {
    seed = (seed * 1_664_525 + 1_013_904_223) % 2 ** 32
    return Math.floor((seed / 2 ** 32) * 256)
  }
  const hex = () => next().toString(16).padStart(2, '0')
  return Array.from({ length: count }, () => `#${hex()}${hex()}${hex()}`)
}

const ACCENTS = ['#000000', '#ffffff', '#ffff00', '#ff0000', '#00ff00', '#0000ff', '#777777', ...colours(60)]
// Notations that a page may have its colour in.
ACCENTS.push('oklch(0.7 0.3 150)', 'color(display-p3 1 0.2 0)', 'rebeccapurple', 'hsl(50 100% 50%)')

describe('one accent gives colours that can be read', () => {
  test.each(['light', 'dark'])('in %s', async (scheme) => {
    document.documentElement.style.setProperty('color-scheme', scheme)
    const { wrapper } = createTestKit({ conversations: [TALK] })
    const { container } = render(
      <div style={{ inlineSize: 700, blockSize: 700 }}>
        <ChatWindow conversationId="c1" title="Talk" />
        <ConversationList value="c1" />
        <ChatBubble portal={null} />
      </div>,
      { wrapper },
    )
    const log = await screen.findByRole('log')
    const link = await within(log).findByRole('link', { name: 'link' })
    const up = await within(log).findByRole('button', { name: 'Good answer' })
    up.setAttribute('aria-pressed', 'true')
    const send = screen.getByRole('button', { name: 'Send' }) as HTMLButtonElement
    send.disabled = false
    send.style.transition = 'none'
    const launcher = screen.getByRole('button', { name: 'Open chat' })
    launcher.style.transition = 'none'
    const bubble = log.querySelector('.ck-bubble[data-role="user"]')!
    const inBubble = Object.assign(document.createElement('a'), { className: 'ck-link', href: '#', textContent: 'x' })
    bubble.append(inBubble)
    const avatar = log.querySelector('.ck-avatar')!
    // The list has been asked for by itself, and comes in its own time.
    const chosen = await waitFor(() => {
      const row = container.querySelector<HTMLElement>('.ck-conversation[aria-current]')
      if (!row) throw new Error('The list is not there yet.')
      return row
    })
    chosen.style.transition = 'none'
    const ring = container.querySelector<HTMLElement>('.ck-viewport')!
    up.style.transition = 'none'
    const dock = launcher.parentElement!
    const page = groundOf(container)

    const bad: string[] = []
    for (const accent of ACCENTS) {
      container.style.setProperty('--ck-accent', accent)
      const text = {
        link: readability(link),
        'link of the reader': readability(inBubble),
        'text of the reader': readability(bubble),
        'chosen vote': readability(up),
        avatar: readability(avatar),
        send: readability(send),
        launcher: readability(launcher),
        'chosen conversation': readability(chosen),
        'its time': readability(chosen.querySelector('.ck-conversation-time')!),
      }
      for (const [what, ratio] of Object.entries(text))
        if (!(ratio >= 4.5)) bad.push(`${accent} ${what} ${ratio.toFixed(2)}`)
      ring.style.outline = '2px solid var(--ck-_focus)'
      const form = send.parentElement!
      const filled = Math.max(contrast(groundOf(send), groundOf(form)), readability(send, 'borderTopColor', form))
      const shapes = {
        focus: readability(ring, 'outlineColor'),
        send: filled,
        launcher: Math.max(
          contrast(groundOf(launcher), groundOf(form)),
          contrast(over(painted(getComputedStyle(launcher).borderTopColor), page), groundOf(form)),
        ),
        dots: contrast(over(painted(getComputedStyle(dock).getPropertyValue('--ck-_accent')), page), groundOf(form)),
      }
      for (const [what, ratio] of Object.entries(shapes))
        if (!(ratio >= 3)) bad.push(`${accent} shape of ${what} ${ratio.toFixed(2)}`)
    }
    expect(bad).toEqual([])
  })

  test('an accent that can be read already is used as it is', () => {
    const { wrapper } = createTestKit()
    render(<ChatBubble portal={null} style={{ '--ck-accent': '#7a1050' } as React.CSSProperties} />, { wrapper })
    const launcher = screen.getByRole('button', { name: 'Open chat' })
    expect(painted(getComputedStyle(launcher).backgroundColor)).toEqual([0x7a, 0x10, 0x50, 1])
    expect(painted(getComputedStyle(launcher).getPropertyValue('--ck-_accent'))).toEqual([0x7a, 0x10, 0x50, 1])
  })

  test('what the page says about a colour goes before what is computed', () => {
    const { wrapper } = createTestKit()
    const style = { '--ck-accent': '#ffe000', '--ck-accent-fg': '#3a2a00', '--ck-focus': '#0000ff' }
    render(<ChatBubble portal={null} style={style as React.CSSProperties} />, { wrapper })
    const launcher = screen.getByRole('button', { name: 'Open chat' })
    expect(painted(getComputedStyle(launcher).color)).toEqual([0x3a, 0x2a, 0, 1])
    expect(getComputedStyle(launcher).getPropertyValue('--ck-_focus')).toBe('#0000ff')
  })
})

describe('the presets', () => {
  async function open(props: object) {
    const { wrapper } = createTestKit({ conversations: [TALK] })
    const { unmount } = render(
      <div style={{ inlineSize: 700, blockSize: 700 }}>
        <ChatWindow conversationId="c1" {...props} />
      </div>,
      { wrapper },
    )
    const quote = await screen.findByText('a quote')
    const root = quote.closest<HTMLElement>('.ck-root')!
    const message = root.querySelector('.ck-bubble[data-role="user"]')!
    const measures = {
      text: Number.parseFloat(getComputedStyle(quote).fontSize),
      vote: root.querySelector('.ck-vote')!.getBoundingClientRect().height,
      corner: Number.parseFloat(getComputedStyle(message).borderTopLeftRadius),
      frame: painted(getComputedStyle(root).borderTopColor).join(','),
    }
    unmount()
    return measures
  }

  test('compact is smaller, but nothing is too small to be read or hit', async () => {
    const normal = await open({})
    const compact = await open({ theme: 'compact' })
    expect(normal.text).toBe(15)
    expect(compact.text).toBe(14)
    expect(compact.vote).toBeLessThan(normal.vote)
    expect(compact.vote).toBeGreaterThanOrEqual(24)
    expect(await open({ theme: 'default' })).toEqual(normal)
  })

  test('flat has hardly a corner and hardly a line', async () => {
    const normal = await open({})
    const flat = await open({ theme: 'flat' })
    expect(flat.corner).toBeLessThan(normal.corner / 3)
    expect(flat.frame).not.toBe(normal.frame)
  })

  test('variables of the page go before those of a preset', async () => {
    const own = await open({ theme: 'compact', style: { '--ck-font-size': '19px', '--ck-target': '40px' } })
    expect([own.text, own.vote]).toEqual([19, 40])
  })
})

describe('what the reader asks of the screen', () => {
  test('with forced colours the arrow of a link that leads elsewhere is there, in the colour of links', async () => {
    await emulate({ 'forced-colors': 'active' })
    render(<Markdown text="All of it is in [the notes](https://example.com/notes)." />)
    const link = screen.getByRole('link', { name: 'the notes' })
    const arrow = getComputedStyle(link, '::after')
    expect(arrow.backgroundImage).toContain('linear-gradient')
    expect(arrow.color).toBe(getComputedStyle(link).color)
  })

  test('with forced colours every control has an outline, and a chosen one is told apart by more than colour', async () => {
    await emulate({ 'forced-colors': 'active' })
    const program = { id: 'm3', type: 'bot' as const, text: '```ts\n1\n```' }
    const { wrapper } = createTestKit({ conversations: [{ ...TALK, messages: [...TALK.messages, program] }] })
    render(
      <div style={{ inlineSize: 700, blockSize: 500 }}>
        <ChatWindow conversationId="c1" />
        <ConversationList value="c1" />
        <ChatBubble portal={null} />
      </div>,
      { wrapper },
    )
    await screen.findByText('a quote')
    const drawn = (element: Element) => {
      const { borderTopWidth, borderTopStyle, borderTopColor, backgroundColor } = getComputedStyle(element)
      const line = borderTopStyle !== 'none' && Number.parseFloat(borderTopWidth) > 0
      return (
        line &&
        contrast(over(painted(borderTopColor), [255, 255, 255]), over(painted(backgroundColor), [255, 255, 255])) >= 3
      )
    }
    for (const control of ['.ck-composer', '.ck-launcher', '.ck-send', '.ck-bubble[data-role="user"]']) {
      expect([control, drawn(document.querySelector(control)!)]).toEqual([control, true])
    }
    const [chosen] = screen.getAllByRole('button', { current: true })
    const pressed = ['Good answer', 'Bad answer', 'Edit', 'Wrap lines'].map(async (name) => {
      const [button] = await screen.findAllByRole('button', { name }, { timeout: 10_000 })
      expect([name, getComputedStyle(button!).borderTopStyle]).toEqual([name, 'none'])
      button!.setAttribute('aria-pressed', 'true')
      return button!
    })
    for (const button of [chosen!, ...(await Promise.all(pressed))]) {
      button.focus()
      const { borderTopStyle, borderTopColor, outlineStyle, outlineColor } = getComputedStyle(button)
      // Both are seen: that it is chosen, and that it has the focus.
      expect([button.className, borderTopStyle, outlineStyle]).toEqual([button.className, 'solid', 'solid'])
      expect(outlineColor).not.toBe(borderTopColor)
    }
  })

  test('nothing moves for who does not want motion', async () => {
    await emulate({ 'prefers-reduced-motion': 'reduce' })
    const { wrapper, server } = createTestKit({ conversations: [TALK] })
    server.holdReply()
    const { container } = render(
      <div style={{ inlineSize: 700, blockSize: 500 }}>
        <ChatWindow conversationId="c1" />
        <ConversationList />
        <VoteButtons conversationId="c1" />
        <ChatBubble portal={null} />
      </div>,
      { wrapper },
    )
    await screen.findByText('a quote')
    const names = ['ck-dots', 'ck-skeleton', 'ck-spinner', 'ck-jump', 'ck-error', 'ck-badge', 'ck-conversation-live']
    names.push('ck-conversation-skeleton', 'ck-vote-reasons', 'ck-text')
    const root = container.querySelector('.ck-root')!
    for (const name of names) {
      const sample = Object.assign(document.createElement('div'), { className: name, innerHTML: '<i></i>' })
      sample.dataset.open = ''
      root.append(sample)
    }
    const moving = [...document.querySelectorAll('[class^="ck-"], .ck-dots > i')].filter((element) =>
      [getComputedStyle(element), getComputedStyle(element, '::after')].some(
        ({ animationName, animationDuration, transitionDuration }) => {
          const animated = animationName !== 'none' && Number.parseFloat(animationDuration) > 0
          return animated || transitionDuration.split(',').some((time) => Number.parseFloat(time) > 0)
        },
      ),
    )
    expect(moving.map((element) => element.className)).toEqual([])
  })

  test('no length follows what the page makes of a rem', () => {
    const rules = styles.replaceAll(/\/\*[\s\S]*?\*\//g, '')
    expect(rules).toContain('.ck-root')
    expect(rules.match(/.*[\d.]rem\b.*/g) ?? []).toEqual([])
  })
})
