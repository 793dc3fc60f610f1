import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const COMMAND = join(import.meta.dirname, '../../dist/server/node/cli.js')

export interface Served {
  process: ChildProcess
  url: string
  /** What it wrote so far. */
  output: () => string
  /** Ends it and gives the code, or the signal, it ended with. */
  end: (signal: NodeJS.Signals) => Promise<number | NodeJS.Signals | null>
}

function start(args: string[], env: Record<string, string>, command = COMMAND) {
  if (!existsSync(command)) throw new Error('The command is not built. Run: npm run build')
  // Nothing of this machine's own settings: somebody may have a model or a secret set up.
  const child = spawn(process.execPath, [command, ...args], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  let errors = ''
  child.stdout.on('data', (chunk) => (output += String(chunk)))
  child.stderr.on('data', (chunk) => (errors += String(chunk)))
  return { child, output: () => output, errors: () => errors }
}

/** Starts the built command and waits until it listens. */
export async function startServed(args: string[], env: Record<string, string> = {}): Promise<Served> {
  const { child, output, errors } = start(['serve', '--port', '0', ...args], env)
  const exited = once(child, 'exit')
  for (;;) {
    const url = /running: (\S+)/.exec(output())?.[1]
    if (url) {
      return {
        process: child,
        url,
        output,
        async end(signal) {
          child.kill(signal)
          const [code, by] = (await exited) as [number | null, NodeJS.Signals | null]
          return code ?? by
        },
      }
    }
    if (child.exitCode !== null) throw new Error(`It did not start: ${errors()}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** Starts the built command and kills it as soon as something holds, which is looked at every millisecond. */
export async function killWhen(args: string[], holds: () => boolean): Promise<void> {
  const { child, errors } = start(['serve', '--port', '0', ...args], {})
  const exited = once(child, 'exit')
  while (!holds()) {
    if (child.exitCode !== null) throw new Error(`It ended by itself: ${errors()}`)
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  child.kill('SIGKILL')
  await exited
}

/** Runs the built command to its end. */
export async function runCommand(args: string[], env: Record<string, string> = {}, command = COMMAND) {
  const { child, output, errors } = start(args, env, command)
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, output: output(), errors: errors() }
}

/** The most memory the process has had, in megabytes. Linux only. */
export function peakMemoryMB(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/VmHWM:\s*(\d+) kB/.exec(status)?.[1]) / 1024
}

const JSON_HEADERS = { 'content-type': 'application/json', authorization: 'Bearer local' }

export async function post(url: string, body: unknown = {}, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, { method: 'POST', headers: { ...JSON_HEADERS, ...headers }, body: JSON.stringify(body) })
}

export async function postJson(url: string, body: unknown = {}): Promise<{ id: string }> {
  const response = await post(url, body)
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
  return (await response.json()) as { id: string }
}

/** Every item of a list, page by page. */
export async function listAll<T extends { id: string }>(url: string): Promise<T[]> {
  const items: T[] = []
  for (;;) {
    const cursor = items.at(-1)?.id
    const response = await fetch(cursor === undefined ? url : `${url}?cursor=${cursor}`, { headers: JSON_HEADERS })
    const page = (await response.json()) as { items: T[] }
    if (page.items.length === 0) return items
    items.push(...page.items)
  }
}
