import { isAbsolute } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import type { Plugin } from 'vite'
import { sourceAliases } from './scripts/aliases.mjs'

/** Vite writes an empty module beside a stylesheet that is an entry; nobody imports it. */
const dropEmptyStyleModule: Plugin = {
  name: 'drop-empty-style-module',
  generateBundle(_, bundle) {
    for (const name of Object.keys(bundle)) if (/(^|\/)styles(\/index)?\.js$/.test(name)) delete bundle[name]
  },
}

export default defineConfig({
  plugins: [react(), dropEmptyStyleModule],
  resolve: { alias: sourceAliases },
  build: {
    target: 'es2022',
    minify: false,
    sourcemap: true,
    cssCodeSplit: true,
    lib: {
      entry: {
        index: 'src/index.ts',
        'transport/index': 'src/transport/index.ts',
        'queries/index': 'src/queries/index.ts',
        'server/index': 'src/server/index.ts',
        'server/node/index': 'src/server/node/index.ts',
        'server/node/cli': 'src/server/node/cli.ts',
        'testing/index': 'src/testing/index.ts',
        styles: 'src/styles/index.css',
      },
      formats: ['es'],
      cssFileName: 'styles',
    },
    rolldownOptions: {
      // Everything that is not ours stays an import: users share one React, one QueryClient, one Hono.
      external: (id) => !id.startsWith('.') && !id.startsWith('\0') && !isAbsolute(id) && !id.startsWith('src/'),
      // One file a module: a shared chunk would silently lose its 'use client'.
      output: { preserveModules: true, preserveModulesRoot: 'src' },
    },
  },
})
