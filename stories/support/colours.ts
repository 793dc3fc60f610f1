/** What axe has to say about colours. The other rules see no difference between one scheme and another. */
const RULES = ['color-contrast', 'link-in-text-block']

interface Emulation {
  send: (method: string, params: object) => Promise<unknown>
}

/**
 * A story in the scheme it was not shown in, and with forced colours: what axe finds there. In a test only, where the browser can be
 * told to be another one.
 */
export async function colourFaults(): Promise<string[]> {
  const [{ default: axe }, { cdp }] = await Promise.all([import('axe-core'), import('vitest/browser')])
  const emulate = (features: Record<string, string>) =>
    (cdp() as unknown as Emulation).send('Emulation.setEmulatedMedia', {
      features: Object.entries(features).map(([name, value]) => ({ name, value })),
    })
  const look = async (where: string) => {
    const { violations } = await axe.run(document.body, {
      runOnly: RULES,
      resultTypes: ['violations'],
      elementRef: false,
    })
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, any }) => `${where}: ${id} at ${target.join(' ')}: ${any[0]?.message ?? ''}`),
    )
  }
  const { dataset } = document.documentElement
  const { scheme } = dataset
  const other = scheme === 'dark' ? 'light' : 'dark'
  let restore = () => {}
  // Colours change at once where motion is not wanted.
  const still = { 'prefers-reduced-motion': 'reduce' }
  try {
    await emulate(still)
    dataset.scheme = other
    const faults = await look(other)
    await emulate({ ...still, 'forced-colors': 'active' })
    restore = tellForcedColours()
    return [...faults, ...(await look('forced colours'))]
  } finally {
    restore()
    dataset.scheme = scheme
    await emulate({})
  }
}

/** axe reads the colour of text where Chromium tells the one that was written, not the one that is forced. */
function tellForcedColours(): () => void {
  const elements = [...document.body.querySelectorAll<HTMLElement>('*')].filter(({ style }) => style)
  const colours = elements.map((element) => getComputedStyle(element).color)
  for (const [index, { style }] of elements.entries()) style.webkitTextFillColor = colours[index]!
  return () => {
    for (const { style } of elements) style.webkitTextFillColor = ''
  }
}
