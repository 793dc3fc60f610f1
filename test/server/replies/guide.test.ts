import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import * as kit from '../../../src/index.ts'
import { GUIDE } from '../../../src/server/replies/guide.ts'
import * as server from '../../../src/server/index.ts'
import * as node from '../../../src/server/node/index.ts'
import * as queries from '../../../src/queries/index.ts'
import * as testing from '../../../src/testing/index.ts'
import * as transport from '../../../src/transport/index.ts'

const ENTRIES: Record<string, object> = {
  'conversation-kit': kit,
  'conversation-kit/transport': transport,
  'conversation-kit/queries': queries,
  'conversation-kit/server': server,
  'conversation-kit/server/node': node,
  'conversation-kit/testing': testing,
}

const root = join(import.meta.dirname, '../../..')
const text = GUIDE.map((document) => document.text).join('\n')
const unique = (names: readonly string[]) => [...new Set(names)].sort()
const matches = (pattern: RegExp) => unique(Array.from(text.matchAll(pattern), ([, name]) => name ?? ''))

describe('what the guide says is true', () => {
  test('what its examples import is there', () => {
    const imports = Array.from(text.matchAll(/import \{([^}]+)\} from '([^']+)'/g))
    expect(imports.length).toBeGreaterThan(4)
    for (const [, names = '', entry = ''] of imports)
      for (const name of names.split(',')) expect(Object.keys(ENTRIES[entry] ?? {})).toContain(name.trim())
  })

  test('its hooks and functions are there', () => {
    const everything = new Set(Object.values(ENTRIES).flatMap(Object.keys))
    expect(matches(/`(use[A-Z]\w+|create[A-Z]\w+)/g).filter((name) => !everything.has(name))).toEqual([])
  })

  test('its components and parts are there', () => {
    const used = matches(/<([A-Z]\w+(?:\.\w+)?)[ />]/g).filter((name) => !['HydrationBoundary'].includes(name))
    const parts: Record<string, unknown> = kit.Chat
    const missing = used.filter((name) =>
      name.startsWith('Chat.') ? !(name.slice('Chat.'.length) in parts) : !(name in kit),
    )
    expect(missing).toEqual([])
  })

  test('its variables of the styles are there', () => {
    const tokens = readFileSync(join(root, 'src/styles/tokens.css'), 'utf8')
    expect(matches(/(--ck-[\w-]+)/g).filter((name) => !tokens.includes(`var(${name},`))).toEqual([])
  })

  test('its commands, options and variables of the environment are there', () => {
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      exports: Record<string, unknown>
    }
    const sources = ['command.ts', 'local-server.ts'].map((file) =>
      readFileSync(join(root, 'src/server/node', file), 'utf8'),
    )
    const variables = matches(/`((?:OPENAI|CHATBOTKIT|CONVERSATION_KIT)_\w+|PORT|HOST)`/g)
    expect(variables.length).toBeGreaterThan(6)
    for (const name of [...variables, ...matches(/`--([a-z]+)`/g)]) expect(sources.join()).toContain(name)
    for (const entry of matches(/`conversation-kit(\/[\w/.]+)`/g))
      expect(Object.keys(manifest.exports)).toContain(`.${entry}`)
  })
})
