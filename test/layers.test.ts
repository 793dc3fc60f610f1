import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { describe, expect, test } from 'vitest'

/** Who may import whom. A room that is not here does not exist. */
const ARROWS: Record<string, readonly string[]> = {
  protocol: [],
  internal: [],
  locales: ['internal'],
  transport: ['protocol'],
  server: ['protocol'],
  queries: ['transport', 'protocol'],
  store: ['protocol', 'transport'],
  markdown: ['internal'],
  provider: ['transport', 'store', 'queries', 'internal'],
  hooks: ['provider', 'queries', 'store', 'transport', 'protocol'],
  components: ['provider', 'hooks', 'markdown', 'internal', 'transport', 'protocol'],
  admin: ['components', 'provider', 'hooks', 'queries', 'markdown', 'internal', 'transport', 'protocol', 'locales'],
  testing: ['server', 'transport', 'store', 'provider', 'protocol'],
}

/** Packages a room may use. Nobody else's. */
const PACKAGES: Record<string, readonly string[]> = {
  server: ['hono', 'minisearch', '@hono/node-server', 'libsql'],
  queries: ['@tanstack/react-query'],
  store: ['zustand'],
  provider: ['react', '@tanstack/react-query', 'zustand'],
  hooks: ['react', '@tanstack/react-query', 'zustand'],
  markdown: ['react', 'highlight.js'],
  internal: ['react'],
  components: ['react', 'react-dom'],
  admin: ['react', 'react-dom', '@tanstack/react-query', 'zustand', 'minisearch'],
  testing: ['react', '@tanstack/react-query'],
}

/** What an arrow may carry although the room may not be used: types vanish when the code is built. */
const TYPE_ARROWS: Record<string, readonly string[]> = {
  components: ['store', 'queries'],
  admin: ['store'],
}

const SRC = resolve(import.meta.dirname, '../src')

interface Import {
  from: string
  line: string
  to: string
  typeOnly: boolean
}

function sources(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    const path = join(dir, entry.name)
    if (entry.isDirectory()) return sources(path)
    return /\.tsx?$/.test(entry.name) ? [path] : []
  })
}

function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
  const pattern =
    /(?:^|\n)\s*(import|export)\s+(type\s)?[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]|(?:\bimport\s*\(\s*|(?:^|\n)\s*import\s+)['"]([^'"]+)['"]/g
  return Array.from(text.matchAll(pattern), (match) => ({
    from: file,
    line: match[0].trim().replaceAll(/\s+/g, ' '),
    to: (match[3] ?? match[4])!,
    typeOnly: match[2] !== undefined,
  }))
}

const roomOf = (file: string) => relative(SRC, file).split(sep)[0]!
const name = (file: string) => relative(SRC, file)
const packageOf = (specifier: string) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')

const files = sources(SRC)
const all = files.flatMap(importsOf)
const relativeImports = all.filter((found) => found.to.startsWith('.'))
const say = (found: Import) => `${name(found.from)}: ${found.line}`

describe('the rooms', () => {
  test('are the ones of the plan', () => {
    const rooms = new Set(files.map(roomOf).filter((room) => !room.endsWith('.ts')))
    expect([...rooms].filter((room) => !(room in ARROWS))).toEqual([])
  })

  test('are entered by the arrows of the plan only', () => {
    const wrong = relativeImports.filter((found) => {
      const from = roomOf(found.from)
      const to = roomOf(resolve(dirname(found.from), found.to))
      if (from === to || from === 'index.ts') return false
      return !ARROWS[from]?.includes(to) && !(found.typeOnly && TYPE_ARROWS[from]?.includes(to))
    })
    expect(wrong.map(say)).toEqual([])
  })

  test('are entered by their doorway, and not left by their own', () => {
    const wrong = relativeImports.filter((found) => {
      const target = resolve(dirname(found.from), found.to)
      const from = roomOf(found.from)
      const to = roomOf(target)
      // Each language is an entry.
      if (to === 'internal' || to === 'styles' || to === 'locales') return false
      // The package shows of a room what is public.
      if (from === 'index.ts' && target === join(SRC, to, 'public.ts')) return false
      const doorway = join(SRC, to, 'index.ts')
      return from === to ? target === doorway && found.from !== doorway : target !== doorway
    })
    // The Node half of the server is an entry of its own and uses the server's doorway like a guest.
    expect(wrong.filter((found) => !name(found.from).startsWith(`server${sep}node${sep}`)).map(say)).toEqual([])
  })

  test('bring no package that is not theirs', () => {
    const wrong = all.filter((found) => {
      if (found.to.startsWith('.')) return false
      const room = roomOf(found.from)
      if (found.to.startsWith('node:')) return !name(found.from).startsWith(`server${sep}node${sep}`)
      return !PACKAGES[room]?.includes(packageOf(found.to))
    })
    expect(wrong.map(say)).toEqual([])
  })

  test('name the file they import with its ending', () => {
    expect(relativeImports.filter((found) => !/\.(tsx?|css|json)$/.test(found.to)).map(say)).toEqual([])
  })

  test('never make HTML from a string', () => {
    const wrong = files.filter((file) =>
      /dangerouslySetInnerHTML|innerHTML\s*=|insertAdjacentHTML/.test(readFileSync(file, 'utf8')),
    )
    expect(wrong.map(name)).toEqual([])
  })
})

describe("'use client'", () => {
  test('stands on every module that uses React at run time, and on none that a server imports', () => {
    const client = (file: string) => /^\s*(['"])use client\1/.test(readFileSync(file, 'utf8'))
    const usesReact = (file: string) =>
      importsOf(file).some(
        (found) => /^react(-dom)?($|\/)/.test(found.to) && !found.typeOnly && !found.to.endsWith('jsx-runtime'),
      )
    const missing = files.filter((file) => usesReact(file) && !client(file) && roomOf(file) !== 'testing')
    const wrong = files.filter(
      (file) => ['protocol', 'transport', 'queries', 'server'].includes(roomOf(file)) && client(file),
    )
    expect({ missing: missing.map(name), wrong: wrong.map(name) }).toEqual({ missing: [], wrong: [] })
  })
})
