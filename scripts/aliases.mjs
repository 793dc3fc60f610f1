import { fileURLToPath } from 'node:url'

const source = (path) => fileURLToPath(new URL(`../src/${path}`, import.meta.url))

/** The package's own entry names, resolved to the source, so that stories and tests import as users do. */
export const sourceAliases = [
  { find: /^conversation-kit$/, replacement: source('index.ts') },
  { find: /^conversation-kit\/styles\.css$/, replacement: source('styles/index.css') },
  { find: /^conversation-kit\/(admin|server|server\/node|testing)$/, replacement: source('$1/index.ts') },
  { find: /^conversation-kit\/admin\/styles\.css$/, replacement: source('admin/styles/index.css') },
  { find: /^conversation-kit\/(transport|queries)$/, replacement: source('$1/public.ts') },
  { find: /^conversation-kit\/((?:admin\/)?locales\/\w+)$/, replacement: source('$1.ts') },
]
