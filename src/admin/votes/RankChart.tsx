import type { Group, Tally } from './tally.ts'
import type { Writer } from './write.ts'

const percent = (value: number) => `${value * 100}%`

/** A share as a bar, and over it the line from the lower to the upper end of its interval. */
export function ShareBar({ tally }: { tally: Tally }) {
  const { share, lower, upper } = tally
  return (
    <svg className="ck-board-bar" aria-hidden="true">
      <rect className="ck-board-track" width="100%" height="100%" rx="3" />
      <rect className="ck-board-up" width={percent(share ?? 0)} height="100%" rx="3" />
      {/* First as wide as the background, so that the line can be told from the bar. */}
      {['ck-board-halo', 'ck-board-whisker'].map((name) => (
        <g key={name} className={name}>
          <line x1={percent(lower)} x2={percent(upper)} y1="50%" y2="50%" />
          <line x1={percent(lower)} x2={percent(lower)} y1="22%" y2="78%" />
          <line x1={percent(upper)} x2={percent(upper)} y1="22%" y2="78%" />
        </g>
      ))}
    </svg>
  )
}

interface RankChartProps {
  groups: readonly Group<string>[]
  nameOf: (key: string) => string
  write: Writer
}

/** Shares by what votes have in common, the surest first. */
export function RankChart({ groups, nameOf, write }: RankChartProps) {
  return (
    <ul className="ck-board-ranks">
      {groups.map((group) => (
        <li key={group.key} className="ck-board-rank">
          <span className="ck-board-name" dir="auto">
            {nameOf(group.key)}
          </span>
          <span className="ck-board-value">
            <b className="ck-board-share">{write.share(group.share)}</b> {write.interval(group)}
          </span>
          <ShareBar tally={group} />
          <span className="ck-board-counts">
            <span className="ck-board-sign" data-vote="up">
              {write.number(group.up)}
            </span>
            <span className="ck-board-sign" data-vote="down">
              {write.number(group.down)}
            </span>
          </span>
        </li>
      ))}
    </ul>
  )
}
