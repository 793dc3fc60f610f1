// Everything the project promises, in the order in which a mistake is cheapest to find. `npm test -- <name>` runs one step.
import { spawn } from 'node:child_process'
import { findChromium } from './browser.mjs'

const STEPS = [
  ['types', 'tsc', '--noEmit'],
  ['lint', 'oxlint'],
  ['format', 'oxfmt', '--check'],
  ['build', 'vite', 'build', '--logLevel', 'warn'],
  ['declarations', 'tsc', '-p', 'tsconfig.build.json'],
  ['package', 'node', 'scripts/package-checks.mjs'],
  ['tests', 'vitest', 'run', '--coverage'],
]

function run([name, command, ...args], env) {
  return new Promise((resolve) => {
    const began = Date.now()
    const child = spawn(command, args, { stdio: 'inherit', env, shell: process.platform === 'win32' })
    const end = (code) => {
      console.log(`${code === 0 ? 'ok' : 'FAILED'}  ${name}  ${((Date.now() - began) / 1000).toFixed(1)} s`)
      resolve(code)
    }
    child.once('error', (error) => {
      console.error(error.message)
      end(1)
    })
    child.once('exit', (code, signal) => end(signal ? 1 : code))
  })
}

const wanted = process.argv.slice(2)
const steps = STEPS.filter(([name]) => wanted.length === 0 || wanted.includes(name))
if (steps.length === 0) {
  console.error(`No such step: ${wanted.join(' ')}. There are: ${STEPS.map(([name]) => name).join(', ')}.`)
  process.exit(1)
}
const env = { ...process.env, STORYBOOK_DISABLE_TELEMETRY: '1' }
try {
  // Before anything else: a machine without a browser should hear it at once, not after two minutes.
  if (steps.some(([name]) => name === 'tests')) env.CHROMIUM_PATH = await findChromium()
} catch (error) {
  console.error(error.message)
  process.exit(1)
}
for (const step of steps) {
  const code = await run(step, env)
  if (code !== 0) process.exit(code)
}
