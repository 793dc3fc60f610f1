'use client'
import { useId } from 'react'
import type { TimeUnit } from './days.ts'
import type { TimeGroup } from './time.ts'
import type { Writer } from './write.ts'

interface TimeChartProps {
  groups: readonly TimeGroup[]
  unit: TimeUnit
  write: Writer
  /** Names of ups and downs. */
  up: string
  down: string
}

/** Ups above the line, downs below it, both by the same measure. */
export function TimeChart({ groups, unit, write, up, down }: TimeChartProps) {
  const hatch = useId()
  const most = (vote: 'up' | 'down') => Math.max(0, ...groups.map((group) => group[vote]))
  const [ups, downs] = [Math.max(1, most('up')), most('down')]
  const percent = (votes: number) => `${(votes / (ups + downs)) * 100}%`
  const place = (index: number, inset: number) => `${((index + inset) / groups.length) * 100}%`
  const inset = groups.length > 40 ? 0.08 : 0.16
  const ticks = [...new Set([0, Math.floor(groups.length / 2), groups.length - 1])]
  return (
    <div className="ck-board-time">
      <div className="ck-board-scale">
        <span>{write.number(ups)}</span>
        <span style={{ insetBlockStart: percent(ups) }}>0</span>
        {downs > 0 && downs / ups > 0.15 && <span style={{ insetBlockStart: '100%' }}>{write.number(downs)}</span>}
      </div>
      <svg className="ck-board-plot">
        <defs>
          <pattern id={hatch} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect className="ck-board-hatch" width="2" height="5" />
          </pattern>
        </defs>
        {groups.map((group, index) => {
          const x = place(index, inset)
          const width = place(1 - 2 * inset, 0)
          return (
            <g key={group.day}>
              <title>
                {`${write.group(group.start, unit)}: ${up} ${write.number(group.up)}, ${down} ${write.number(group.down)}`}
              </title>
              <rect className="ck-board-column" x={place(index, 0)} width={place(1, 0)} height="100%" />
              {group.up > 0 && (
                <rect
                  className="ck-board-up"
                  x={x}
                  width={width}
                  y={percent(ups - group.up)}
                  height={percent(group.up)}
                />
              )}
              {group.down > 0 && (
                <>
                  <rect className="ck-board-down" x={x} width={width} y={percent(ups)} height={percent(group.down)} />
                  <rect x={x} width={width} y={percent(ups)} height={percent(group.down)} fill={`url(#${hatch})`} />
                </>
              )}
            </g>
          )
        })}
        <line className="ck-board-axis" x1="0" x2="100%" y1={percent(ups)} y2={percent(ups)} />
      </svg>
      <div className="ck-board-ticks">
        {ticks.map((index) => (
          <span key={index}>{write.tick(groups[index]!.start, unit)}</span>
        ))}
      </div>
    </div>
  )
}
