import { readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

// `npm run bench -- transport` runs a benchmark, or several; without a name it lists them. Each file exports `run()`, which prints
// its tables and gives the promises that were not kept.

const wanted = process.argv.slice(2)
const names = (await readdir(new URL('.', import.meta.url)))
  .filter((file) => file.endsWith('.mjs') && file !== 'run.mjs')
  .map((file) => file.slice(0, -'.mjs'.length))
const unknown = wanted.filter((name) => !names.includes(name))
if (unknown.length > 0) {
  console.error(`No benchmark called ${unknown.join(', ')}. There are: ${names.join(', ')}.`)
  process.exit(2)
}
if (wanted.length === 0) {
  console.log(`Benchmarks: ${names.join(', ')}.\nRun one with: npm run bench -- ${names[0]}`)
  process.exit(0)
}

// What is measured is what is published.
await build({ root: fileURLToPath(new URL('..', import.meta.url)), logLevel: 'warn' })

let broken = 0
for (const name of wanted) {
  const { run } = await import(new URL(`${name}.mjs`, import.meta.url))
  const missed = (await run()) ?? []
  for (const promise of missed) console.log(`  not kept: ${promise}`)
  broken += missed.length
}
process.exitCode = broken > 0 ? 1 : 0
