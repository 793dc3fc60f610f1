import type { Meta, StoryObj } from '@storybook/react-vite'
import { Markdown } from 'conversation-kit'
import type { CodeRenderer } from 'conversation-kit'
import { useEffect, useState } from 'react'
import { expect, waitFor } from 'storybook/test'
import './Markdown.css'

const meta: Meta<typeof Markdown> = {
  title: 'Basics/Markdown',
  component: Markdown,
  render: (props) => <Markdown {...props} className="sheet" />,
  parameters: { page: { height: 'auto' } },
}
export default meta
type Story = StoryObj<typeof Markdown>

const TYPESCRIPT = `import { connect } from './weather.ts'

/** The warmest day of a week, in degrees Celsius. */
export async function warmest(city: string): Promise<number> {
  const days = await connect({ city, unit: 'celsius', days: 7 })
  // Nobody has measured tomorrow yet.
  return Math.max(...days.map((day) => day.high ?? -273.15))
}`

/** Everything that an answer may hold. */
export const AllBlocks: Story = {
  args: {
    text: `# Two days in Porto

The river is **never far**; *most* ways lead downhill. Take the \`D1\` tram, ~~not a taxi~~, and read
[the city's own guide](https://visitporto.example "In English") before you go.
A line can also\\
be broken by hand.

## What to pack

1. Shoes for cobbles
2. A light coat
   - of wool in March
   - of cotton in May
3. An appetite

- [x] Book the bridge walk
- [ ] Find the blue tiles

> The city gives its name to a wine, and to a country.
>
> > So they say in Gaia.

### Weather

| Month | High | Low | Rain |
|:--|--:|--:|:-:|
| March | 16 °C | 8 °C | often |
| June | 23 °C | 14 °C | rarely |
| September | 24 °C | 15 °C | some days |

\`\`\`ts
${TYPESCRIPT}
\`\`\`

---

Trains leave every hour.[^trains] The tiles are older than the station.[^2]

[^trains]: From São Bento, until eleven at night.
[^2]: By about **four centuries**.`,
  },
  play: async ({ canvas, canvasElement, userEvent }) => {
    await waitFor(() => expect(canvasElement.querySelector('.ck-token')).toBeTruthy(), { timeout: 10_000 })
    const mark = await canvas.findByRole('button', { name: 'Note trains' })
    await userEvent.click(mark)
    await expect(document.activeElement?.textContent).toContain('From São Bento')
    await userEvent.click(canvas.getByRole('button', { name: 'Back to note trains in the text' }))
    await expect(mark).toHaveFocus()
  },
}

const LANGUAGES: Record<string, string> = {
  tsx: TYPESCRIPT,
  python: `from dataclasses import dataclass

@dataclass
class Loaf:
    """Bread, before it is eaten."""
    grams: int = 900

    def slices(self, thickness=12):
        return [f"slice {i}" for i in range(self.grams // thickness)]`,
  sql: `SELECT city, AVG(high) AS warm -- only this year
FROM weather WHERE day >= '2026-01-01' GROUP BY city HAVING COUNT(*) > 30;`,
  html: `<form class="search" action="/find">
  <label>City <input name="q" required></label>
</form>`,
  css: `.search:focus-within { outline: 2px solid var(--accent, #0d6b5c); margin: 0 1.5rem; }`,
  diff: `- const bread = 'white'
+ const bread = 'rye'`,
  json: `{ "city": "Porto", "high": 23.5, "rain": false, "tags": ["river", null] }`,
  bash: `for day in mon tue; do echo "Baking on $day" && bake --heat 230; done # not on Sunday`,
  brainfuck: `+++[>++<-] a language nobody knows the colours of`,
}

/** Each language has its colours when its block is closed and they have been downloaded; lines keep their height. */
export const Code: Story = {
  args: {
    text: Object.entries(LANGUAGES)
      .map(([name, code]) => `\`\`\`${name}\n${code}\n\`\`\``)
      .join('\n\n'),
  },
  play: async ({ canvasElement }) => {
    const blocks = () => [...canvasElement.querySelectorAll('figure')]
    await waitFor(() => expect(blocks().filter((block) => block.querySelector('.ck-token'))).toHaveLength(8), {
      timeout: 10_000,
    })
    await expect(blocks().map((block) => block.querySelector('pre')!.textContent)).toEqual(Object.values(LANGUAGES))
  },
}

/** A long line scrolls in its block, or is broken for who asks. */
export const LongCode: Story = {
  args: {
    text: `\`\`\`js\n${Array.from({ length: 40 }, (_, at) => `const line${at} = ${JSON.stringify('and so on '.repeat(at % 7 ? 2 : 14))}`).join('\n')}\n\`\`\``,
  },
  play: async ({ canvas, userEvent, canvasElement }) => {
    const program = canvasElement.querySelector('pre')!
    await expect(program.scrollWidth).toBeGreaterThan(program.clientWidth)
    const wrap = canvas.getByRole('button', { name: 'Wrap lines' })
    await userEvent.click(wrap)
    await expect(wrap).toHaveAttribute('aria-pressed', 'true')
    await expect(program.scrollWidth).toBe(program.clientWidth)
    await expect(canvas.getByRole('button', { name: 'Copy' })).toBeVisible()
  },
}

/** A table that is wider than the page scrolls in its own box. */
export const WideTable: Story = {
  args: {
    text: `| ${Array.from({ length: 14 }, (_, at) => `Column ${at + 1}`).join(' | ')} |\n|${'--|'.repeat(14)}\n${Array.from({ length: 4 }, (_, row) => `|${Array.from({ length: 14 }, (_, at) => ` ${(row + 1) * (at + 7)} kg `).join('|')}|`).join('\n')}`,
  },
}

/** Each block goes the way of its own words. */
export const RightToLeft: Story = {
  args: {
    text: `## يومان في بورتو

النهر **ليس بعيدًا** أبدًا، ومعظم الطرق تؤدي إلى الأسفل. خذ الترام \`D1\` واقرأ [الدليل](https://visitporto.example).

- أحذية مريحة
- [x] حجز الجولة

> المدينة أعطت اسمها لبلد.

| الشهر | الحرارة |
|:--|--:|
| مارس | 16 |

An English sentence in between.

\`\`\`js
const city = 'بورتو' // left to right
\`\`\`

الملاحظة هنا.[^1]

[^1]: حتى الحادية عشرة ليلًا.`,
  },
  parameters: { page: { dir: 'rtl' } },
}

const picture = () => `${location.origin}/picture-of-the-river.png`

/** Nobody is asked for a picture that a text names, until the reader wants it. */
export const BlockedImage: Story = {
  render: () => (
    <Markdown
      className="sheet"
      text={`The bridge at night:\n\n![The bridge at night](https://pictures.example/bridge.jpg)\n\nOne in a sentence ![](https://pictures.example/tram.png) and one in a link: [![The tiles](https://pictures.example/tiles.png)](https://visitporto.example).`}
    />
  ),
  play: async ({ canvas, canvasElement }) => {
    await expect((await canvas.findAllByRole('button', { name: 'Show image' })).length).toBe(2)
    await expect(canvasElement.querySelector('img')).toBeNull()
  },
}

/** A picture from where the page allows it has its place from the beginning, and keeps it when it cannot be had. */
export const AllowedImage: Story = {
  render: () => (
    <Markdown
      className="sheet"
      images={(url) => url.origin === location.origin}
      text={`Above.\n\n![The river, which is not there](${picture()})\n\nBelow.`}
    />
  ),
  play: async ({ canvas, canvasElement }) => {
    // Its words are there before what shows a picture has been downloaded, too.
    await waitFor(() => expect(canvasElement.querySelector('.ck-image')).toHaveAttribute('data-state', 'failed'), {
      timeout: 10_000,
    })
    await expect(canvas.getByText('The river, which is not there')).toBeVisible()
  },
}

const Formula: CodeRenderer = ({ text, inline }) => <i className={inline ? 'formula' : 'formula own-block'}>{text}</i>
const Diagram: CodeRenderer = ({ text, closed }) =>
  closed ? (
    <div className="own-block diagram">
      {text
        .trim()
        .split(/\s*->\s*/)
        .map((step) => (
          <span key={step}>{step}</span>
        ))}
    </div>
  ) : (
    <div className="own-block diagram">Drawing…</div>
  )
const OWN = { math: Formula, steps: Diagram }

/** Formulas, also in a sentence, and diagrams by components of your own. */
export const OwnRenderers: Story = {
  args: {
    text: 'Of $a = 3$ and $b = 4$ comes $c = 5$, which costs $6 or $7. A block of formulas:\n\n```math\na² + b² = c²\n```\n\nA diagram:\n\n```steps\nKnead -> Rest -> Bake\n```',
    code: OWN,
  },
  play: async ({ canvas }) => {
    await expect(canvas.getByText('Bake')).toBeVisible()
    await expect(canvas.getByText('a² + b² = c²')).toBeVisible()
    await expect(canvas.getByText('c = 5')).toBeVisible()
    await expect(canvas.getByText(/which costs \$6 or \$7/)).toBeVisible()
  },
}

const WRITTEN = `## Bread\n\nMix **flour and water**, wait; read [the recipe](https://bread.example), then:\n\n1. Knead\n2. *Rest*\n\n| Flour | Water |\n|---|---|\n| 500 g | 350 g |\n\n\`\`\`js\nconst ratio = 350 / 500\n\`\`\`\n\nAnd bake it.[^1]\n\n[^1]: At **230 °C**.`

function Written() {
  const [length, setLength] = useState(1)
  const done = length >= WRITTEN.length
  useEffect(() => {
    if (done) return undefined
    const timer = setTimeout(() => setLength(length + 4), 16)
    return () => clearTimeout(timer)
  }, [length, done])
  return <Markdown className="sheet" text={WRITTEN.slice(0, length)} streaming={!done} />
}

/** What is half-written is shown as what it is about to be. */
export const Streaming: Story = {
  render: () => <Written />,
  play: async ({ canvas, canvasElement }) => {
    await expect(await canvas.findByText('230 °C', {}, { timeout: 10_000 })).toBeVisible()
    await waitFor(() => expect(canvasElement.querySelector('[data-streaming]')).toBeNull(), { timeout: 10_000 })
    await expect(canvas.getByRole('link', { name: 'the recipe' })).toBeVisible()
  },
}
