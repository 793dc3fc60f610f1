import type { IncomingMessage } from 'node:http'
import type { StorybookConfig } from '@storybook/react-vite'
import { mergeConfig } from 'vite'
import { sourceAliases } from '../scripts/aliases.mjs'

const config: StorybookConfig = {
  framework: '@storybook/react-vite',
  stories: ['../stories/**/*.stories.tsx'],
  addons: ['@storybook/addon-docs', '@storybook/addon-a11y', '@storybook/addon-vitest'],
  features: { sidebarOnboardingChecklist: false },
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
  viteFinal({ plugins = [], ...vite }) {
    // A page is not a package: the worker of the search is built with it.
    const forPages = plugins.filter((plugin) => !(plugin && 'name' in plugin && plugin.name === 'leave-worker'))
    return mergeConfig({ ...vite, plugins: forPages }, { resolve: { alias: sourceAliases } })
  },

  // The local server on Storybook's own port, so that the playground needs one process and one URL.
  experimental_devServer: async (app) => {
    const { createLocalServer, createNodeMiddleware } = await import('../src/server/node/index.ts')
    const local = createLocalServer({ file: process.env.CONVERSATION_KIT_DATA || 'conversation-kit.db' })
    // Storybook compresses what it sends, and a compressor holds tokens back. This listener runs before it.
    app.server.on('request', (request: IncomingMessage) => {
      if (/^\/(?:api\/)?v1\//.test(request.url ?? '')) delete request.headers['accept-encoding']
    })
    app.use(createNodeMiddleware(local))
    for (const sentence of local.about) console.log(sentence)
    // Such as the made-up conversations of CONVERSATION_KIT_SEED.
    const seeded = await local.ready
    if (seeded !== undefined) console.log(seeded)
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => void local.close().finally(() => process.exit(0)))
    return app
  },
}

export default config
