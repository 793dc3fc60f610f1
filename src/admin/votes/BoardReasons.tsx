'use client'
import { useState } from 'react'
import { useStrings } from '../../components/index.ts'
import { votesWords } from '../../internal/english/admin/votes.ts'
import { listWords } from '../../internal/english/list.ts'
import { BoardFigure } from './BoardFigure.tsx'
import type { ReasonGroup } from './reasons.ts'
import type { Writer } from './write.ts'

const reasonsWords = { ...listWords, ...votesWords }

/** How many reasons are shown, and how many more at a press: people may write what they like. */
const SHOWN = 8

interface BoardReasonsProps {
  groups: readonly ReasonGroup[]
  /** The one that down-votes are shown of; `undefined` for any. */
  chosen: string | undefined
  onChoose: (key: string | undefined) => void
  write: Writer
}

/** Why answers were voted down, the most frequent reason first. A press shows the votes with that reason. */
export function BoardReasons({ groups, chosen, onChoose, write }: BoardReasonsProps) {
  const words = useStrings(reasonsWords)
  const [most, setMost] = useState(SHOWN)
  const nameOf = ({ reason }: ReasonGroup) => reason ?? words.boardNoReason
  const longest = Math.max(...groups.map(({ count }) => count))
  const given = groups.filter(({ reason }) => reason !== undefined)
  // Those who gave none come last.
  const shown = [...given.slice(0, most), ...groups.slice(given.length)]
  return (
    <BoardFigure
      title={words.boardReasons}
      silent={false}
      rows={groups}
      keyOf={({ key }) => key}
      columns={[
        { name: words.boardReason, cell: nameOf },
        { name: words.boardDown, cell: ({ count }) => write.number(count) },
      ]}
    >
      <ul className="ck-board-reasons">
        {shown.map((group) => (
          <li key={group.key}>
            <button
              type="button"
              className="ck-board-reason"
              data-none={group.reason === undefined ? '' : undefined}
              aria-pressed={group.key === chosen}
              onClick={() => onChoose(group.key === chosen ? undefined : group.key)}
            >
              <span className="ck-board-name" dir="auto">
                {nameOf(group)}
              </span>
              <span className="ck-board-count">{write.number(group.count)}</span>
              <span className="ck-board-share-of" style={{ inlineSize: `${(group.count / longest) * 100}%` }} />
            </button>
          </li>
        ))}
      </ul>
      {given.length > most && (
        <button type="button" className="ck-button" onClick={() => setMost(most + SHOWN)}>
          {words.loadMore}
        </button>
      )}
    </BoardFigure>
  )
}
