'use client'
import { useId } from 'react'
import { useStrings } from '../../components/index.ts'
import { useLocale } from '../../components/index.ts'
import { votesWords } from '../../internal/english/admin/votes.ts'
import { retryIcon } from '../../internal/index.ts'
import type { TimeUnit } from './days.ts'
import { RANGES } from './range.ts'
import type { Range } from './range.ts'

interface BoardControlsProps {
  title: string
  range: Range
  onRange: (range: Range) => void
  unit: TimeUnit
  units: readonly TimeUnit[]
  onUnit: (unit: TimeUnit) => void
  isFetching: boolean
  onReload: () => void
}

/** The name of the board, which time it tells of, and in what steps. */
export function BoardControls(props: BoardControlsProps) {
  const { title, range, onRange, unit, units, onUnit, isFetching, onReload } = props
  const words = useStrings(votesWords)
  const locale = useLocale()
  const ranges = {
    7: words.boardLastDays({ count: 7, locale }),
    30: words.boardLastDays({ count: 30, locale }),
    90: words.boardLastDays({ count: 90, locale }),
    year: words.boardLastYear,
    all: words.boardAllTime,
  }
  const names = { day: words.boardDay, week: words.boardWeek, month: words.boardMonth }
  return (
    <header className="ck-board-header">
      <h2 className="ck-board-title" id={title}>
        {words.boardTitle}
      </h2>
      <div className="ck-board-controls">
        <Choice
          name={words.boardRange}
          value={range}
          options={RANGES.map((each) => [each, ranges[each]])}
          onChange={onRange}
        />
        <Choice
          name={words.boardUnit}
          value={unit}
          options={units.map((each) => [each, names[each]])}
          onChange={onUnit}
        />
        <button
          type="button"
          className="ck-icon-button"
          aria-label={words.boardReload}
          title={words.boardReload}
          disabled={isFetching}
          onClick={onReload}
        >
          {isFetching ? <span className="ck-spinner" /> : retryIcon}
        </button>
      </div>
    </header>
  )
}

interface ChoiceProps<T extends string> {
  name: string
  value: T
  options: readonly (readonly [value: T, name: string])[]
  onChange: (value: T) => void
}

function Choice<T extends string>({ name, value, options, onChange }: ChoiceProps<T>) {
  const id = useId()
  return (
    <span className="ck-board-choice">
      <label className="ck-hidden" htmlFor={id}>
        {name}
      </label>
      <select id={id} className="ck-board-select" value={value} onChange={(event) => onChange(event.target.value as T)}>
        {options.map(([each, text]) => (
          <option key={each} value={each}>
            {text}
          </option>
        ))}
      </select>
    </span>
  )
}
