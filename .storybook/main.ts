import type { IncomingMessage, ServerResponse } from 'node:http'
import type { StorybookConfig } from '@storybook/react-vite'
import { mergeConfig } from 'vite'
import { sourceAliases } from '../scripts/aliases.mjs'

const API = /^\/(?:api\/)?v1\//

const config: StorybookConfig = {
  framework: '@storybook/react-vite',
  stories: ['../stories/**/*.stories.tsx'],
  addons: ['@storybook/addon-docs', '@storybook/addon-a11y', '@storybook/addon-vitest'],
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
  viteFinal: (vite) => mergeConfig(vite, { resolve: { alias: sourceAliases } }),

  // The local server on Storybook's own port, so that the playground needs one process and one URL.
  experimental_devServer: async (app) => {
    const { createLocalServer } = await import('./local-server.ts')
    const handle = await createLocalServer()
    // Storybook compresses what it sends, and a compressor holds tokens back. This listener runs before it.
    app.server.on('request', (request: IncomingMessage) => {
      if (API.test(request.url ?? '')) delete request.headers['accept-encoding']
    })
    app.use((request: IncomingMessage, response: ServerResponse, next: () => void) => {
      if (API.test(request.url ?? '')) handle(request, response)
      else next()
    })
    return app
  },
}

export default config
