import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
let home: string

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'find-browser-'))
  symlinkSync(process.execPath, join(home, 'node'))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

/** `npm test -- tests` on a machine that has what `env` says and no browser in any of the usual places. */
function runTests(env: Record<string, string>): Promise<{ code: number; stderr: string }> {
  const clean = { PATH: home, HOME: home, XDG_CACHE_HOME: home, PLAYWRIGHT_BROWSERS_PATH: home, ...env }
  return new Promise((done) => {
    execFile(process.execPath, ['scripts/test.mjs', 'tests'], { cwd: root, env: clean }, (error, _, stderr) =>
      done({ code: typeof error?.code === 'number' ? error.code : 0, stderr }),
    )
  })
}

describe('without a browser', () => {
  test('npm test says in one sentence that the named one cannot be run', async () => {
    const { code, stderr } = await runTests({ CHROMIUM_PATH: join(home, 'nowhere') })
    expect(code).toBe(1)
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect(stderr).toContain('CHROMIUM_PATH names')
  })

  // Elsewhere browsers are looked for in fixed places, which a test cannot empty.
  test.runIf(process.platform === 'linux')(
    'npm test says in one sentence what to install when none can be fetched either',
    async () => {
      const { code, stderr } = await runTests({})
      expect(code).toBe(1)
      expect(stderr.trim().split('\n')).toHaveLength(1)
      expect(stderr).toContain('Install Chrome or Chromium')
    },
  )
})
