import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '..')
const readme = readFileSync(join(root, 'README.md'), 'utf8')
const pkg = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>
  bin: Record<string, string>
  engines: { node: string }
}
const snippets = Array.from(readme.matchAll(/```(\w+)\n([\s\S]*?)```/g), (match) => ({
  language: match[1]!,
  code: match[2]!,
}))
const work = join(root, 'node_modules/.cache/readme')

afterAll(() => rmSync(work, { recursive: true, force: true }))

test('every snippet of the README compiles as a user would write it', () => {
  mkdirSync(work, { recursive: true })
  const files = snippets.filter(({ language }) => language.startsWith('ts'))
  expect(files.length).toBeGreaterThanOrEqual(6)
  for (const [index, { language, code }] of files.entries())
    writeFileSync(join(work, `snippet-${index}.${language}`), code)
  writeFileSync(
    join(work, 'css.d.ts'),
    "declare module 'conversation-kit/styles.css'\ndeclare module 'conversation-kit/admin/styles.css'\n",
  )
  writeFileSync(
    join(work, 'tsconfig.json'),
    JSON.stringify({
      extends: join(root, 'tsconfig.json'),
      compilerOptions: {
        noUnusedLocals: false,
        moduleDetection: 'force',
        typeRoots: [join(root, 'node_modules/@types')],
      },
      include: ['*'],
      exclude: [],
    }),
  )
  let output = ''
  try {
    execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', work], {
      encoding: 'utf8',
      stdio: 'pipe',
    })
  } catch (error) {
    output = String((error as { stdout?: string }).stdout)
  }
  expect(output).toBe('')
}, 60_000)

test('every command of the README exists', () => {
  const commands = snippets
    .filter(({ language }) => language === 'sh')
    .flatMap(({ code }) => code.trim().split(/\n|&&/))
  const inline = Array.from(readme.matchAll(/`(np[mx] [^`]+)`/g), (match) => match[1]!)
  const known = (command: string) => {
    const [tool, verb = '', name = ''] = command.split(/\s+/)
    if (tool === 'npx') return verb in pkg.bin
    if (verb === 'run') return name in pkg.scripts
    return verb === 'ci' || verb === 'install' || verb in pkg.scripts
  }
  expect([...commands, ...inline].map((line) => line.trim()).filter((command) => !known(command))).toEqual([])
  expect(commands.length).toBeGreaterThanOrEqual(5)
})

test('the README names the Node version that package.json asks for, and pictures that are there', () => {
  expect(readme).toContain(`Node ${pkg.engines.node.replace('>=', '')}`)
  for (const [, path] of readme.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g))
    expect(() => readFileSync(join(root, path!))).not.toThrow()
})
