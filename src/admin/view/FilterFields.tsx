'use client'
import { useId, useMemo, useState } from 'react'
import type { ReactNode } from 'react'
import { useLocale, useStrings } from '../../components/index.ts'
import { viewWords } from '../../internal/english/admin/view.ts'
import type { ConversationInstance } from '../../protocol/index.ts'
import { choicesOf } from './choices.ts'
import type { Choice } from './choices.ts'
import { dayText, spanOf } from './days.ts'
import { fieldWord, votesWord } from './describe.ts'
import type { NamedField, NameOf } from './describe.ts'
import { MetaFields } from './MetaFields.tsx'
import type { ViewChange } from './useConversationView.ts'
import { cleanView } from './view.ts'
import type { ConversationView } from './view.ts'

interface FilterFieldsProps {
  view: ConversationView
  onViewChange: (view: ConversationView, how?: ViewChange) => void
  conversations: readonly ConversationInstance[]
  nameOf?: NameOf
}

/** Every filter that there is, as a field that works at once. */
export function FilterFields({ view, onViewChange, conversations, nameOf }: FilterFieldsProps) {
  const words = useStrings(viewWords)
  const choices = useMemo(() => choicesOf(conversations), [conversations])
  const set = (change: Partial<ConversationView>, how?: ViewChange) =>
    onViewChange(cleanView({ ...view, ...change }), how)
  return (
    <div className="ck-filters">
      <Field label={words.viewLastMessage}>
        {(id) => (
          <select
            id={id}
            className="ck-filter-control"
            data-focus="first"
            value={view.lastSpeaker ?? ''}
            onChange={({ target: { value } }) => set({ lastSpeaker: value as ConversationView['lastSpeaker'] })}
          >
            <option value="">{words.viewAny}</option>
            <option value="user">{words.viewFromUser}</option>
            <option value="bot">{words.viewFromBot}</option>
          </select>
        )}
      </Field>
      <Field label={words.viewVotes}>
        {(id) => (
          <select
            id={id}
            className="ck-filter-control"
            value={view.votes ?? ''}
            onChange={({ target: { value } }) => set({ votes: value as ConversationView['votes'] })}
          >
            <option value="">{words.viewAny}</option>
            {(['up', 'down', 'any', 'none'] as const).map((votes) => (
              <option key={votes} value={votes}>
                {votesWord(votes, words)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <TimeField view={view} set={set} />
      {(['botId', 'contactId', 'taskId', 'model'] as const).map((field) => (
        <ChoiceField
          key={field}
          field={field}
          choices={choices[field]}
          value={view[field] ?? ''}
          nameOf={nameOf}
          onChange={(value, how) => set({ [field]: value }, how)}
        />
      ))}
      <MetaFields meta={view.meta} choices={choices.meta} onChange={(meta) => set({ meta })} />
    </div>
  )
}

function Field({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId()
  return (
    <div className="ck-filter">
      <label className="ck-filter-label" htmlFor={id}>
        {label}
      </label>
      {children(id)}
    </div>
  )
}

const PERIODS = [1, 7, 30]
const periodOf = (days: number) => `P${days - 1}D`

interface TimeFieldProps {
  view: ConversationView
  set: (change: Partial<ConversationView>, how?: ViewChange) => void
}

/** A period up to today, or two dates. */
function TimeField({ view: { from = '', to = '' }, set }: TimeFieldProps) {
  const words = useStrings(viewWords)
  const locale = useLocale()
  const [wantsDates, setWantsDates] = useState(false)
  const isPeriod = to === '' && (from === '' || PERIODS.some((days) => periodOf(days) === from))
  const showsDates = wantsDates || !isPeriod
  const day = (text: string, edge: 'start' | 'end') => {
    const span = spanOf(text)
    return span ? dayText(span[edge]) : ''
  }
  const [first, last] = [day(from, 'start'), day(to, 'end')]
  return (
    <div className="ck-filter-time">
      <Field label={words.viewChanged}>
        {(id) => (
          <select
            id={id}
            className="ck-filter-control"
            value={showsDates ? 'dates' : from}
            onChange={({ target: { value } }) => {
              setWantsDates(value === 'dates')
              if (value !== 'dates') set({ from: value, to: '' })
            }}
          >
            <option value="">{words.viewAny}</option>
            {PERIODS.map((days) => (
              <option key={days} value={periodOf(days)}>
                {days === 1 ? words.viewToday : words.viewLastDays({ count: days, locale })}
              </option>
            ))}
            <option value="dates">{words.viewDates}</option>
          </select>
        )}
      </Field>
      {showsDates && (
        <div className="ck-filter-dates">
          <Field label={words.viewFrom}>
            {(id) => (
              <input
                id={id}
                type="date"
                className="ck-filter-control"
                value={first}
                max={last || undefined}
                onChange={({ target: { value } }) => set({ from: value }, { typing: true })}
              />
            )}
          </Field>
          <Field label={words.viewTo}>
            {(id) => (
              <input
                id={id}
                type="date"
                className="ck-filter-control"
                value={last}
                min={first || undefined}
                onChange={({ target: { value } }) => set({ to: value }, { typing: true })}
              />
            )}
          </Field>
        </div>
      )}
    </div>
  )
}

/** Beyond it a list is longer than anyone reads: one types, and is helped. */
const LONGEST_LIST = 30

interface ChoiceFieldProps {
  field: NamedField
  choices: readonly Choice[]
  value: string
  nameOf?: NameOf
  onChange: (value: string, how?: ViewChange) => void
}

/** One of the values that are there. Nothing, where there are none to choose from. */
function ChoiceField({ field, choices, value, nameOf, onChange }: ChoiceFieldProps) {
  const words = useStrings(viewWords)
  const locale = useLocale()
  const listId = useId()
  const number = new Intl.NumberFormat(locale)
  if (choices.length === 0 && value === '') return null
  const all =
    value === '' || choices.some((choice) => choice.value === value) ? choices : [{ value, count: 0 }, ...choices]
  const name = (id: string) => nameOf?.(field, id)?.trim() || id
  if (all.length > LONGEST_LIST)
    return (
      <Field label={fieldWord(field, words)}>
        {(id) => (
          <>
            <input
              id={id}
              type="search"
              className="ck-filter-control"
              list={listId}
              autoComplete="off"
              spellCheck={false}
              placeholder={words.viewAny}
              value={value}
              onChange={({ target }) => onChange(target.value, { typing: true })}
            />
            <datalist id={listId}>
              {choices.slice(0, MOST_SUGGESTED).map((choice) => (
                <option key={choice.value} value={choice.value}>
                  {name(choice.value)}
                </option>
              ))}
            </datalist>
          </>
        )}
      </Field>
    )
  return (
    <Field label={fieldWord(field, words)}>
      {(id) => (
        <select id={id} className="ck-filter-control" value={value} onChange={({ target }) => onChange(target.value)}>
          <option value="">{words.viewAny}</option>
          {all.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {name(choice.value)} ({number.format(choice.count)})
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

const MOST_SUGGESTED = 300
