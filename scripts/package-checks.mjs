// What is published, looked at from outside: its shape, its types, its sizes, and that a server may import it. Needs a build.
import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { build } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))
const pkg = JSON.parse(readFileSync(`${root}package.json`, 'utf8'))
const problems = []

const REACT = ['react', 'react-dom']
const QUERY = ['@tanstack/react-query']

/** What the main entry has for people who bring their own markup. `exportTranscript` is what `Chat.Export` does. */
const notComponents = Object.keys(await import('../dist/index.js')).filter(
  (name) => (/^[a-z]/.test(name) && name !== 'exportTranscript') || name === 'ConversationProvider',
)

/** Budgets in kB (1,000 bytes) of minified and gzipped code, with what a page has anyway left out. */
const BUDGETS = [
  { name: 'transport', code: "export * from './dist/transport/public.js'", without: [], limit: 10 },
  {
    name: 'hooks, store, provider, queries',
    code: `export { ${notComponents.join(', ')} } from './dist/index.js'
           export * from './dist/queries/public.js'`,
    without: [...REACT, ...QUERY],
    limit: 20,
  },
  {
    // What a page loads before anything is shown: parts, markdown, virtual list, store and TanStack Query; no client, which has a budget
    // of its own above, and no React. What few need, or nobody before somebody has spoken, comes later and is not counted. Promised: 48.
    name: 'ChatWindow and all it needs: provider, markdown, store, TanStack Query',
    code: "export { ConversationProvider, ChatWindow } from './dist/index.js'",
    without: REACT,
    limit: 48,
  },
  {
    name: 'the same with the client',
    code: `export { ConversationProvider, ChatWindow } from './dist/index.js'
           export { ConversationClient } from './dist/transport/public.js'`,
    without: REACT,
    limit: 56.3,
  },
  {
    name: 'the same with the client and ConversationList',
    code: `export { ConversationProvider, ChatWindow, ConversationList } from './dist/index.js'
           export { ConversationClient } from './dist/transport/public.js'`,
    without: REACT,
    limit: 62.7,
  },
]
/** All styles, in kB of gzip. */
const STYLES_LIMIT = 8

/** As in a page: what is noted for bundlers is gone, and what a lazy part shares with the page stays in the page's own file. */
const AS_ONE = { minify: true, comments: false, codeSplitting: { groups: [{ name: 'page', tags: ['$initial'] }] } }

async function bundle({ code, without }, output = AS_ONE) {
  const id = '\0entry'
  const result = await build({
    root,
    configFile: false,
    logLevel: 'silent',
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [
      {
        name: 'entry',
        enforce: 'pre',
        resolveId: (source) =>
          /(^|\/)entry$/.test(source) ? id : source.startsWith('./dist/') ? root + source.slice(2) : undefined,
        load: (path) => (path === id ? code : undefined),
      },
    ],
    build: {
      write: false,
      target: 'es2022',
      lib: { entry: 'entry', formats: ['es'] },
      rolldownOptions: {
        preserveEntrySignatures: 'allow-extension',
        external: (source) => without.some((name) => source === name || source.startsWith(`${name}/`)),
        output,
      },
    },
  })
  return result.flatMap((one) => one.output).filter((chunk) => chunk.type === 'chunk')
}

/** What is loaded before anything is shown: the entry, and all that it imports. */
function atFirst(chunks) {
  const found = new Set(chunks.filter((chunk) => chunk.isEntry && !chunk.isDynamicEntry))
  for (const { imports } of found) for (const chunk of chunks) if (imports.includes(chunk.fileName)) found.add(chunk)
  return [...found]
}

async function checkSizes() {
  for (const budget of BUDGETS) {
    const chunks = await bundle(budget)
    const size = atFirst(chunks).reduce((sum, chunk) => sum + gzipSync(chunk.code, { level: 9 }).length, 0) / 1000
    const imports = [...new Set(chunks.flatMap((chunk) => chunk.imports))].filter(
      (source) => !chunks.some((chunk) => chunk.fileName === source),
    )
    const strange = imports.filter(
      (source) => !budget.without.some((name) => source === name || source.startsWith(`${name}/`)),
    )
    console.log(`  ${size.toFixed(1).padStart(6)} kB of ${budget.limit}  ${budget.name}`)
    if (size > budget.limit)
      problems.push(`${budget.name}: ${size.toFixed(1)} kB gzip, the budget is ${budget.limit} kB.`)
    if (strange.length > 0) problems.push(`${budget.name}: imports ${strange.join(', ')}.`)
  }
}

/**
 * A page built without a word about its files has its first code in one of them. What a lazy part imports decides that: a module that it
 * has in common with the page, and that modules of the page import which it has not, becomes a file, and a request, of its own.
 */
async function checkFirstFile() {
  const { code } = BUDGETS.find(({ name }) => name === 'the same with the client')
  const others = atFirst(await bundle({ code, without: [] }, {})).filter((chunk) => !chunk.isEntry)
  for (const { fileName, modules } of others)
    problems.push(`The first code of a page is split: ${fileName} has ${Object.keys(modules).join(', ')}.`)
}

function checkStyles() {
  const size = gzipSync(readFileSync(`${root}dist/styles.css`), { level: 9 }).length / 1000
  console.log(`  ${size.toFixed(1).padStart(6)} kB of ${STYLES_LIMIT}  styles.css`)
  if (size > STYLES_LIMIT) problems.push(`styles.css: ${size.toFixed(1)} kB gzip, the budget is ${STYLES_LIMIT} kB.`)
}

async function checkShape() {
  const { messages } = await publint({ pkgDir: root, strict: true })
  for (const message of messages) problems.push(`publint: ${formatMessage(message, pkg)}`)
  const attw = spawnSync(
    'attw',
    ['--pack', root, '--profile', 'esm-only', '--format', 'ascii', '--no-color'].concat([
      '--exclude-entrypoints',
      'styles.css',
      'admin/styles.css',
    ]),
    {
      encoding: 'utf8',
      shell: process.platform === 'win32',
    },
  )
  if (attw.status !== 0) problems.push(`attw: ${attw.error?.message ?? attw.stdout + attw.stderr}`)
}

/** Every entry is imported by a Node that has no window; nothing may run, print or stay open. */
function checkImports() {
  const entries = Object.keys(pkg.exports).filter((path) => !/\.(css|json)$/.test(path))
  for (const entry of entries) {
    const specifier = pkg.name + entry.slice(1)
    const code = `const before = Object.keys(globalThis).length
      const entry = await import(${JSON.stringify(specifier)})
      if (Object.keys(entry).length === 0) throw new Error('nothing is exported')
      if (Object.keys(globalThis).length !== before) throw new Error('a global was made')`
    try {
      const output = execFileSync(process.execPath, ['--input-type=module', '-e', code], {
        cwd: root,
        encoding: 'utf8',
        stdio: 'pipe',
        timeout: 20_000,
      })
      if (output) problems.push(`import '${specifier}' prints: ${output}`)
    } catch (error) {
      problems.push(`import '${specifier}' in plain Node: ${error.stderr || error.message}`)
    }
  }
}

checkImports()
await checkShape()
await checkSizes()
await checkFirstFile()
checkStyles()
for (const problem of problems) console.error(problem)
process.exitCode = problems.length > 0 ? 1 : 0
