import { readdirSync, readFileSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { playwright } from '@vitest/browser-playwright'
import { storybookTest } from '@storybook/addon-vitest/vitest-plugin'
import type { Plugin } from 'vite'
import { sourceAliases } from './scripts/aliases.mjs'
import { CHROMIUM_ARGS, installedChromium } from './scripts/browser.mjs'

/** Vite writes an empty module beside a stylesheet that is an entry; nobody imports it. */
const dropEmptyStyleModule: Plugin = {
  name: 'drop-empty-style-module',
  generateBundle(_, bundle) {
    for (const name of Object.keys(bundle)) if (/(^|\/)styles(\/index)?\.js$/.test(name)) delete bundle[name]
  },
}

/** As long as the name that it stands for, so that the source map stays true. */
const WORKER = 'OUR_WORKER_JS'

/**
 * The worker of the search stays a file of its own, made by `new Worker(new URL('./worker.js', import.meta.url), { type: 'module' })`: the
 * bundlers of our users know these words. Vite would bundle it here, with all that it imports, and name it by a hash.
 */
const leaveWorker: Plugin = {
  name: 'leave-worker',
  apply: 'build',
  enforce: 'pre',
  transform(code, id) {
    if (!id.endsWith('/src/admin/search/startWorker.ts')) return null
    return { code: code.replace("'./worker.ts'", WORKER), map: null }
  },
  renderChunk(code, chunk) {
    if (!chunk.facadeModuleId?.endsWith('/startWorker.ts')) return null
    return { code: code.replace(WORKER, "'./worker.js'"), map: null }
  },
}

/** Each language is an entry. */
const locales = ['locales', 'admin/locales'].flatMap((folder) =>
  readdirSync(new URL(`src/${folder}`, import.meta.url))
    .filter((file) => file !== 'language.ts')
    .map((file) => `${folder}/${file.replace('.ts', '')}`),
)

/** Published styles say what they do without what was thought of them, and without the room between. */
const squeezeStyles: Plugin = {
  name: 'squeeze-styles',
  generateBundle(_, bundle) {
    for (const asset of Object.values(bundle)) {
      if (asset.type !== 'asset' || !asset.fileName.endsWith('.css')) continue
      asset.source = String(asset.source)
        .replaceAll(/\/\*[^]*?\*\//g, '')
        .replaceAll(/\s*\n\s*/g, '\n')
        .replaceAll(/([:,]) /g, '$1')
        .replaceAll(' {\n', '{')
        .replaceAll(/;?\n}/g, '}')
        .trim()
    }
  },
}

/** What colours a program, as it is imported for each language. */
const languages =
  readFileSync(new URL('src/markdown/highlight/languages.ts', import.meta.url), 'utf8').match(
    /highlight\.js\/lib\/[\w/-]+/g,
  ) ?? []

/** Pages have both cores to themselves; what needs none comes after them, three files at once: one of them always waits. */
const afterBrowsers = { maxWorkers: 3, sequence: { groupOrder: 1 } }

/** Whoever changes files while they are watched wants to see what was changed. */
const isRun = process.argv.includes('run')

/** A fresh object for each project: vitest changes the one it is given. */
const browser = () => ({
  enabled: true,
  headless: true,
  screenshotFailures: false,
  provider: playwright({ launchOptions: { executablePath: installedChromium(), args: CHROMIUM_ARGS } }),
  instances: [{ browser: 'chromium' as const }],
})

export default defineConfig({
  plugins: [react(), dropEmptyStyleModule, squeezeStyles, leaveWorker],
  resolve: { alias: sourceAliases },
  // Found only when an answer has code in it, they would load the page anew in the middle of a talk.
  optimizeDeps: { include: ['highlight.js/lib/core', 'minisearch/SearchableMap', ...languages] },
  build: {
    target: 'es2022',
    minify: false,
    sourcemap: true,
    cssCodeSplit: true,
    lib: {
      entry: {
        index: 'src/index.ts',
        'transport/public': 'src/transport/public.ts',
        'queries/public': 'src/queries/public.ts',
        'server/index': 'src/server/index.ts',
        'server/node/index': 'src/server/node/index.ts',
        'server/node/cli': 'src/server/node/cli.ts',
        'admin/index': 'src/admin/index.ts',
        'admin/search/worker': 'src/admin/search/worker.ts',
        'testing/index': 'src/testing/index.ts',
        ...Object.fromEntries(locales.map((name) => [name, `src/${name}.ts`])),
        styles: 'src/styles/index.css',
        'admin/styles': 'src/admin/styles/index.css',
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
  test: {
    testTimeout: 30_000,
    coverage: {
      provider: 'v8',
      // The rooms of which a share is promised. What else there is would only be counted, at the cost of a minute.
      include: ['src/{protocol,transport,server}/**/*.ts'],
      exclude: ['src/**/index.ts', 'src/**/*.d.ts'],
      reporter: ['text-summary', 'json-summary', 'html'],
      thresholds: {
        'src/protocol/**': { branches: 95 },
        'src/transport/**': { branches: 95 },
        'src/server/**': { branches: 90 },
      },
    },
    projects: [
      // Pure tests and whole-house tests without a page.
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          include: ['test/**/*.test.ts'],
          ...afterBrowsers,
          // A process for each file would take a third longer.
          isolate: false,
          exclude: ['test/e2e/**', 'test/browser/**', 'test/transport/**'],
        },
      },
      // What looks at memory, and at what is left open, has a process of its own.
      {
        extends: true,
        test: {
          name: 'node-transport',
          environment: 'node',
          include: ['test/transport/**/*.test.ts'],
          ...afterBrowsers,
        },
      },
      // React in happy-dom.
      {
        extends: true,
        test: {
          name: 'dom',
          environment: 'happy-dom',
          // A fresh page for each file, too, for a third less than a fresh process.
          pool: 'vmThreads',
          setupFiles: ['test/support/setup.ts'],
          include: ['test/**/*.test.tsx'],
          ...afterBrowsers,
          exclude: ['test/browser/**', 'test/react-18.test.tsx'],
        },
      },
      // The same hooks on the oldest React that we promise.
      {
        extends: true,
        resolve: { alias: [{ find: /^(react|react-dom)(?=$|\/)/, replacement: '$1-18' }] },
        test: {
          name: 'react-18',
          environment: 'happy-dom',
          setupFiles: ['test/support/setup.ts'],
          include: ['test/react-18.test.tsx', 'test/{hooks,provider}/**/*.test.tsx'],
          ...afterBrowsers,
          // Each has a page of its own with the newest React; here two processes do them all, for a third of the time.
          isolate: false,
          execArgv: ['--import', './scripts/react-18.mjs'],
        },
      },
      // React in Chromium.
      {
        extends: true,
        // Each file loads some five hundred modules, the same ones. Nothing of them is replaced while a run lasts: they are asked for once.
        server: { headers: isRun ? { 'Cache-Control': 'max-age=3600' } : {} },
        test: {
          name: 'browser',
          setupFiles: ['test/support/setup.ts'],
          include: ['test/browser/**/*.test.tsx'],
          browser: browser(),
        },
      },
      // Processes: the built command, `npm start` and a browser that we drive from outside.
      {
        extends: true,
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['test/e2e/**/*.test.ts'],
          fileParallelism: false,
          sequence: { groupOrder: 2 },
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      // Every story, with axe, and with an eye on its words.
      {
        extends: true,
        plugins: [storybookTest({ configDir: '.storybook' })],
        test: {
          name: 'stories',
          // One after another on one page, as in a Storybook: to load all of it for each file takes as long as the stories themselves.
          isolate: false,
          setupFiles: ['test/support/story-words.ts'],
          browser: browser(),
        },
      },
    ],
  },
})
