#!/usr/bin/env node
import { runCommand } from './command.ts'

// A reader of our output that goes away, such as `head`, is no reason to stop.
process.stdout.on('error', () => {})

const outcome = await runCommand(process.argv.slice(2), {
  env: process.env,
  out: (line) => void process.stdout.write(`${line}\n`),
  error: (line) => void process.stderr.write(`${line}\n`),
})
if (typeof outcome === 'number') process.exitCode = outcome
else {
  let asked = 0
  const stop = () => {
    asked += 1
    // The second time is by somebody who does not want to wait for answers to end.
    if (asked > 1) process.exit(1)
    void outcome.close().then(() => process.exit(0))
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
}
