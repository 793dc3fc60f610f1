import { createRequire } from 'node:module'
import { parseArgs } from 'node:util'
import { parseSeed } from '../seed/options.ts'
import { serve } from './serve.ts'
import type { Serving } from './serve.ts'

const HELP = `conversation-kit serve [options]

Runs a local server with the ChatBotKit conversation API.

  --port <number>   where it listens (default 8787, or PORT)
  --host <address>  on which address (default 127.0.0.1, or HOST)
  --data <file>     the SQLite file (default conversation-kit.db, or CONVERSATION_KIT_DATA)
  --memory          keep everything in memory, in no file
  --seed <number>   begin with so many made-up conversations (1 to 10000, or
                    CONVERSATION_KIT_SEED); a file that has some already is left alone
  --help            show this
  --version         show the version

OPENAI_MODEL, OPENAI_BASE_URL and OPENAI_API_KEY let a model answer.
CHATBOTKIT_API_SECRET makes it a proxy to the hosted service.
`

/** What a command needs of its process. */
export interface Terminal {
  env: Record<string, string | undefined>
  out: (line: string) => void
  error: (line: string) => void
}

/** Runs a command line. What is running then, or the code to exit with. */
export async function runCommand(args: string[], { env, out, error }: Terminal): Promise<Serving | number> {
  try {
    const { values, positionals } = parse(args)
    if (values.version) out(version())
    else if (values.help || (positionals.length === 0 && args.length === 0)) out(HELP)
    else {
      const [command, ...rest] = positionals
      if (command !== 'serve')
        throw new Error(`${command ? `Unknown command ${command}` : 'No command'}. See conversation-kit --help.`)
      if (rest.length > 0) throw new Error(`Unknown argument ${rest[0]}. See conversation-kit --help.`)
      if (values.memory && values.data !== undefined) throw new Error('Choose one of --memory and --data.')
      return await start(values, { env, out, error })
    }
    return 0
  } catch (problem) {
    error(problem instanceof Error ? problem.message : String(problem))
    return 1
  }
}

interface Values {
  port?: string
  host?: string
  data?: string
  memory?: boolean
  seed?: string
}

async function start({ port, host, data, memory, seed }: Values, { env, out }: Terminal): Promise<Serving> {
  const serving = await serve({
    env,
    port:
      port === undefined && !env['PORT']
        ? 8787
        : toPort(port ?? env['PORT'] ?? '', port === undefined ? 'PORT' : '--port'),
    host: host || env['HOST'] || '127.0.0.1',
    file: memory ? null : data || env['CONVERSATION_KIT_DATA'] || 'conversation-kit.db',
    ...(seed !== undefined && { seed: parseSeed(seed, '--seed') }),
    log: out,
  })
  out(`conversation-kit is running: ${serving.url}`)
  for (const sentence of serving.about) out(sentence)
  return serving
}

function toPort(value: string, name: string): number {
  const port = Number(value)
  if (value.trim() !== '' && Number.isInteger(port) && port >= 0 && port <= 65_535) return port
  throw new Error(`${name} is "${value}". It has to be a whole number from 0 to 65535.`)
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        port: { type: 'string' },
        host: { type: 'string' },
        data: { type: 'string' },
        memory: { type: 'boolean' },
        seed: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean', short: 'v' },
      },
    })
  } catch (error) {
    // The first quoted word of the message is the option; the rest of it is about writing one's own parser.
    const option = /'(-[^' ]*)/.exec(error instanceof Error ? error.message : '')?.[1] ?? ''
    const unknown = error instanceof Error && 'code' in error && error.code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION'
    throw new Error(
      `${unknown ? `Unknown option ${option}` : `The option ${option} is not used like that`}. See conversation-kit --help.`,
      {
        cause: error,
      },
    )
  }
}

function version(): string {
  // Not `new URL()`: a bundler would take that for a file to bundle.
  const manifest = createRequire(import.meta.url)('../../../package.json') as { version: string }
  return manifest.version
}
