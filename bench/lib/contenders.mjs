import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import react from '@vitejs/plugin-react'
import { build } from 'vite'

const at = (path) => fileURLToPath(new URL(path, import.meta.url))
const KIT = {
  'conversation-kit/transport': at('../../dist/transport/public.js'),
  'conversation-kit/queries': at('../../dist/queries/public.js'),
  'conversation-kit/styles.css': at('../../dist/styles.css'),
  'conversation-kit': at('../../dist/index.js'),
}

/** Whose page is in which file. The first is what the others are measured by, the second is ours. */
const PAGES = {
  'by hand': '../pages/hand.js',
  kit: '../pages/kit.jsx',
  streamdown: '../peers/streamdown.jsx',
  '@chatbotkit/react': '../peers/chatbotkit.jsx',
  'assistant-ui': '../peers/assistant-ui.jsx',
}

/** The same for lists of conversations. */
export const LISTS = {
  'by hand': '../pages/list-hand.js',
  kit: '../pages/list-kit.jsx',
  'plain React': '../pages/list-react.jsx',
  'react-virtuoso': '../peers/list-virtuoso.jsx',
  virtua: '../peers/list-virtua.jsx',
}

export const HAND = 'by hand'
export const OURS = 'kit'

/**
 * Builds every contender's page for production and says where they are. What the peers need is installed with the first run.
 * `BENCH_ONLY` names a part of them, for a quick look.
 */
export async function buildPages(pages = PAGES) {
  const only = process.env.BENCH_ONLY?.split(',')
  const names = Object.keys(pages).filter((name) => !only || name === HAND || only.includes(name))
  if (names.some((name) => pages[name].includes('/peers/'))) await installPeers()
  const directory = at('../.cache/pages')
  const paths = {}
  for (const name of names) {
    const folder = pages[name].replace(/^.*\/|\.\w+$/g, '')
    const { output } = await build({
      configFile: false,
      root: at('..'),
      logLevel: 'error',
      plugins: [react()],
      resolve: { alias: KIT, dedupe: ['react', 'react-dom'] },
      build: {
        outDir: `${directory}/${folder}`,
        emptyOutDir: true,
        target: 'es2022',
        chunkSizeWarningLimit: 10_000,
        cssCodeSplit: false,
        rolldownOptions: {
          input: at(pages[name]),
          output: {
            entryFileNames: 'page.js',
            assetFileNames: (asset) => (asset.names[0].endsWith('.css') ? 'page.css' : '[name]-[hash][extname]'),
          },
        },
      },
      base: `/${folder}/`,
    })
    await writeFile(`${directory}/${folder}/preload.json`, JSON.stringify(importedBy('page.js', output)))
    paths[name] = `/${folder}.html`
  }
  return { directory, paths }
}

/** What a file imports before it runs, and what that imports: a page names these in its head, as bundlers have it. */
function importedBy(file, output, found = new Set()) {
  for (const name of output.find(({ fileName }) => fileName === file).imports) {
    if (found.has(name)) continue
    found.add(name)
    importedBy(name, output, found)
  }
  return [...found]
}

async function installPeers() {
  const peers = at('../peers')
  const wanted = await readFile(`${peers}/package-lock.json`, 'utf8')
  const installed = `${peers}/node_modules/.package-lock.json`
  if (existsSync(installed) && sameVersions(JSON.parse(wanted), JSON.parse(await readFile(installed, 'utf8')))) return
  console.log('Installing what the benchmarks are measured beside (bench/peers), once.')
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  await promisify(execFile)(
    npm,
    ['ci', '--prefix', peers, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      cwd: peers,
      shell: process.platform === 'win32',
    },
  )
}

const sameVersions = (wanted, installed) =>
  Object.entries(wanted.packages).every(
    ([path, { version, optional }]) => path === '' || optional || installed.packages[path]?.version === version,
  )
