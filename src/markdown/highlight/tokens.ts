/** A piece of code and what it is; pieces that are nothing in particular have no kind. */
export type Token = readonly [text: string, kind?: TokenKind]
export type TokenKind = 'keyword' | 'string' | 'number' | 'name' | 'type' | 'comment' | 'deletion'

/** By the names that highlight.js has for them. */
const KINDS: ReadonlyMap<string, TokenKind | undefined> = new Map(
  Object.entries({
    keyword: 'keyword keyword built_in tag name selector-tag template-tag literal',
    string: 'string regexp char code link symbol quote addition',
    number: 'number bullet attr attribute property variable template-variable selector-attr',
    name: 'title section',
    type: 'type class title.class_ title.class_.inherited__ selector-class selector-id selector-pseudo',
    comment: 'comment doctag meta',
    deletion: 'deletion',
  }).flatMap(([kind, names]) => names.split(' ').map((name) => [name, kind as TokenKind] as const)),
)

const PREFIX = 'hljs-'
const PIECE = /<span class="([^"]*)">|<\/span>|&(amp|lt|gt|quot|#x27);|[^<&]+|[<&]/g
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'" }

/** Reads what highlight.js writes: text in spans, of which the innermost that is known counts. It becomes text again, never HTML. */
export function readTokens(html: string): Token[] {
  const tokens: [string, TokenKind?][] = []
  const kinds: (TokenKind | undefined)[] = []
  for (const [piece, names, entity] of html.matchAll(PIECE)) {
    if (names !== undefined) kinds.push(kindOf(names) ?? kinds.at(-1))
    else if (piece === '</span>') kinds.pop()
    else add(tokens, entity === undefined ? piece : ENTITIES[entity]!, kinds.at(-1))
  }
  return tokens
}

/** Of `hljs-title class_`: what is known of the whole, or of its first word. */
function kindOf(names: string): TokenKind | undefined {
  const name = names.replace(PREFIX, '').replaceAll(' ', '.')
  return KINDS.get(name) ?? KINDS.get(name.split('.', 1)[0]!)
}

function add(tokens: [string, TokenKind?][], text: string, kind: TokenKind | undefined): void {
  const last = tokens.at(-1)
  if (last && last[1] === kind) last[0] += text
  else tokens.push(kind ? [text, kind] : [text])
}
