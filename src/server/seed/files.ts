import type { Random } from './random.ts'
import type { Topic } from './words/words.ts'

/** A file that a user sends. */
export interface SeedFile {
  name: string
  type: string
  bytes: Uint8Array
  /** What the user says with it. */
  comment: string
}

/** One dark pixel. */
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII='

/** What fits the topic, if anything does. */
export function pickFile(random: Random, topic: Topic): SeedFile | undefined {
  switch (topic) {
    case 'delivery':
    case 'refunds':
    case 'orders':
      return photo(random.pick(['broken.png', 'parcel.png', 'Foto 1.png', 'label.png']))
    case 'bugs':
      return text('device.log', 'text/plain', logLines(random, random.between(20, 60)), 'Here is the log.')
    case 'invoices':
      return text(
        'payments.csv',
        'text/csv',
        'day,amount\n1 March,"1,290.00"\n2 March,49.90\n',
        'Here are our payments.',
      )
    default:
      return undefined
  }
}

function photo(name: string): SeedFile {
  const bytes = Uint8Array.from(atob(PIXEL), (character) => character.charCodeAt(0))
  return { name, type: 'image/png', bytes, comment: 'Here is a photo of it.' }
}

function text(name: string, type: string, content: string, comment: string): SeedFile {
  return { name, type, bytes: new TextEncoder().encode(content), comment }
}

const EVENTS = [
  'INFO  wake up',
  'INFO  measure 21.4 °C',
  'DEBUG rssi -71 dBm',
  'WARN  route lost',
  'ERROR E-1042 no route to hub',
  'INFO  retry 1 of 5',
  'INFO  connected',
]

/** What a device writes while nobody looks. */
export function logLines(random: Random, count: number): string {
  let second = random.below(3600)
  return Array.from({ length: count }, () => {
    second += random.between(1, 90)
    const two = (value: number) => String(value % 60).padStart(2, '0')
    return `${two(Math.floor(second / 3600))}:${two(Math.floor(second / 60))}:${two(second)} ${random.pick(EVENTS)}\n`
  }).join('')
}
