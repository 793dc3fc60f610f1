// Everything the project promises, in the order in which a mistake is cheapest to find. `npm test -- <name>` runs one step.
import { spawn } from 'node:child_process'
import { findChromium } from './browser.mjs'

/** Two lanes beside each other: a step waits for the one before it in its own lane. */
const CHECKS = [
  [
    ['types', 'tsc', '--noEmit'],
    ['lint', 'oxlint'],
    ['format', 'oxfmt', '--check'],
  ],
  [
    ['build', 'vite', 'build', '--logLevel', 'warn'],
    ['declarations', 'tsc', '-p', 'tsconfig.build.json'],
    ['package', 'node', 'scripts/package-checks.mjs'],
  ],
]
/** Each has all cores to itself. What is covered is promised of what needs no page, and to count it in pages is slow. */
const TESTS = [
  ['tests', 'vitest', 'run', '--project', 'node*', '--coverage'],
  ['pages', 'vitest', 'run', '--project', '!node*'],
]

/** Runs a step and gives its exit code. Beside another one it speaks when it is done, in one piece. */
function run([name, command, ...args], env, isAlone) {
  return new Promise((resolve) => {
    const began = Date.now()
    const child = spawn(command, args, {
      stdio: isAlone ? 'inherit' : ['ignore', 'pipe', 'pipe'],
      env,
      shell: process.platform === 'win32',
    })
    const output = []
    child.stdout?.on('data', (chunk) => output.push(chunk))
    child.stderr?.on('data', (chunk) => output.push(chunk))
    child.once('error', (error) => output.push(Buffer.from(`${error.message}\n`)))
    child.once('close', (code) => {
      process.stdout.write(Buffer.concat(output))
      console.log(`${code === 0 ? 'ok' : 'FAILED'}  ${name}  ${((Date.now() - began) / 1000).toFixed(1)} s`)
      resolve(code ?? 1)
    })
  })
}

const wanted = process.argv.slice(2)
const choose = (steps) => steps.filter(([name]) => wanted.length === 0 || wanted.includes(name))
const lanes = CHECKS.map(choose).filter((lane) => lane.length > 0)
const tests = choose(TESTS)
if (lanes.length + tests.length === 0) {
  const names = [...CHECKS.flat(), ...TESTS].map(([name]) => name)
  console.error(`No such step: ${wanted.join(' ')}. There are: ${names.join(', ')}.`)
  process.exit(1)
}
const env = { ...process.env, STORYBOOK_DISABLE_TELEMETRY: '1' }
try {
  // Before anything else: a machine without a browser should hear it at once, not after two minutes.
  if (tests.length > 0) env.CHROMIUM_PATH = await findChromium()
} catch (error) {
  console.error(error.message)
  process.exit(1)
}

let failed = 0
async function runAll(steps, isAlone) {
  for (const step of steps) {
    if (failed) return
    failed = (await run(step, env, isAlone)) || failed
  }
}
await Promise.all(lanes.map((lane) => runAll(lane, lanes.length === 1)))
await runAll(tests, true)
process.exitCode = failed
