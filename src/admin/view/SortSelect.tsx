'use client'
import { useStrings } from '../../components/index.ts'
import { viewWords } from '../../internal/english/admin/view.ts'
import type { ViewMessages } from '../../internal/english/admin/view.ts'
import { sortIcon } from '../icons.tsx'
import { cleanView, orderOf } from './view.ts'
import type { ConversationView } from './view.ts'

const ORDERS: [sort: NonNullable<ConversationView['sort']>, order: 'asc' | 'desc', word: keyof ViewMessages][] = [
  ['created', 'desc', 'viewNewest'],
  ['created', 'asc', 'viewOldest'],
  ['updated', 'desc', 'viewChangedLast'],
  ['updated', 'asc', 'viewChangedFirst'],
  ['name', 'asc', 'viewNameUp'],
  ['name', 'desc', 'viewNameDown'],
  ['votes', 'desc', 'viewBest'],
  ['votes', 'asc', 'viewWorst'],
]

interface SortSelectProps {
  view: ConversationView
  onViewChange: (view: ConversationView) => void
}

/** In which order conversations are shown. */
export function SortSelect({ view, onViewChange }: SortSelectProps) {
  const words = useStrings(viewWords)
  const { sort = 'created' } = cleanView(view)
  return (
    <label className="ck-view-sort">
      {sortIcon}
      <span className="ck-hidden">{words.viewSort}</span>
      <select
        className="ck-view-select"
        value={`${sort} ${orderOf(view)}`}
        onChange={({ target: { value } }) => {
          const [by, order] = value.split(' ') as [ConversationView['sort'], ConversationView['order']]
          onViewChange(cleanView({ ...view, sort: by, order }))
        }}
      >
        {ORDERS.map(([by, order, word]) => (
          <option key={word} value={`${by} ${order}`}>
            {String(words[word])}
          </option>
        ))}
      </select>
    </label>
  )
}
