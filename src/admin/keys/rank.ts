import { groupsOf } from './commands.ts'
import type { Command } from './commands.ts'
import { fuzzy } from './fuzzy.ts'
import type { Found } from './fuzzy.ts'

/** One line of the command menu. */
export interface CommandItem {
  id: string
  label: string
  /** Under which heading it is. */
  group: string
  /** Said beside the label, and not searched. */
  detail?: string
  /** Other words that find it. */
  keywords?: string
  run: () => void
}

export interface RankedItem {
  item: CommandItem
  /** Which of all lines it is. */
  index: number
  hits: Found['hits']
}

/** At most so many lines in all, and of what the host gives under one heading before anything is typed. */
const MOST = 50
const MOST_UNASKED = 6

/** The lines of the menu, under their headings. Before anything is typed, what was run last comes first. */
export function rankItems(
  query: string,
  commands: readonly Command[],
  items: readonly CommandItem[],
  recent: readonly string[],
  recentTitle: string,
): [group: string, members: RankedItem[]][] {
  const own = commands.filter(({ id, disabled }) => !disabled && id !== 'menu')
  if (query.trim() === '') {
    const all = new Map<string, CommandItem>([...items, ...own].map((item) => [item.id, item]))
    const last = recent.flatMap((id) => all.get(id) ?? [])
    const isRecent = new Set(last.map(({ id }) => id))
    const rest = [...own, ...groupsOf(items).flatMap(([, members]) => members.slice(0, MOST_UNASKED))]
    const lines = [
      ...last.map((item) => ({ group: recentTitle, item, hits: [] })),
      ...rest.filter(({ id }) => !isRecent.has(id)).map((item) => ({ group: item.group, item, hits: [] })),
    ]
    return numbered(lines)
  }
  const found = [...own, ...items].flatMap((item: CommandItem) => {
    const inLabel = fuzzy(query, item.label)
    const inAll = inLabel ?? (item.keywords ? fuzzy(query, `${item.label} ${item.keywords}`) : undefined)
    if (!inAll) return []
    // What was run before is meant sooner; what is found by other words only, later.
    const score = inAll.score + (recent.includes(item.id) ? 3 : 0) - (inLabel ? 0 : 10)
    return [{ group: item.group, item, hits: inLabel?.hits ?? [], score }]
  })
  const best = found.sort((one, other) => other.score - one.score).slice(0, MOST)
  return numbered(best)
}

type Line = Omit<RankedItem, 'index'> & { group: string }

function numbered(lines: readonly Line[]): [group: string, members: RankedItem[]][] {
  let index = 0
  return groupsOf(lines).map(([group, members]) => [
    group,
    members.map(({ item, hits }) => ({ item, hits, index: index++ })),
  ])
}
