// `npm start`: Storybook with the local server on the same port. One process, one URL.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { cache } from 'storybook/internal/common'
import { buildDevStandalone } from 'storybook/internal/core-server'

process.env.STORYBOOK_DISABLE_TELEMETRY = '1'
process.env.NODE_ENV ??= 'development'

const root = fileURLToPath(new URL('..', import.meta.url))
const wanted = process.env.PORT ?? '6006'
const port = Number(wanted)
if (!Number.isInteger(port) || port < 1 || port > 65535) {
  console.error(`PORT is "${wanted}". It has to be a whole number from 1 to 65535.`)
  process.exit(1)
}

process.chdir(root)
const require = createRequire(import.meta.url)
try {
  const server = await buildDevStandalone({
    configDir: `${root}.storybook`,
    cache,
    packageJson: JSON.parse(readFileSync(require.resolve('storybook/package.json'), 'utf8')),
    port,
    host: process.env.HOST,
    // A taken port is not asked about: the next free one is used and printed.
    ci: true,
    open: false,
    quiet: true,
    versionUpdates: false,
    loglevel: 'warn',
  })
  console.log(`\nconversation-kit is running: ${server.address}\n`)
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exit(1)
}
