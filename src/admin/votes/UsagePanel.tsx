'use client'
import { useMemo } from 'react'
import { errorText, useLocale, useStrings } from '../../components/index.ts'
import { useMessages, useUsage } from '../../hooks/index.ts'
import { votesWords } from '../../internal/english/admin/votes.ts'
import { part, renderPart } from '../../internal/index.ts'
import type { PartProps } from '../../internal/index.ts'
import { answersOf, medianOf } from './answers.ts'
import { isGone } from '../isGone.ts'
import { onDesk } from '../onDesk.ts'

/** Every field is also a data attribute. */
export interface UsagePanelState {
  status: 'loading' | 'error' | 'ready'
}

export interface UsagePanelProps extends Omit<PartProps<UsagePanelState, HTMLDivElement>, 'children'> {
  conversationId: string
  /** What tokens cost, to show what the conversation has: the API tells no prices. */
  price?: {
    /** Of a million tokens. */
    perMillion: number
    /** An ISO 4217 code. */
    currency: string
  }
}

/**
 * What a conversation has used: tokens and messages of the last 90 days; and how fast it was answered, as far as its messages are
 * loaded: for that nothing is asked of the server. Renders a `<div role="group">`.
 */
export const UsagePanel = part<HTMLDivElement, UsagePanelProps>(function UsagePanel({
  conversationId,
  price,
  ...props
}) {
  const words = useStrings(votesWords)
  const locale = useLocale()
  const { data, error, refetch } = useUsage(conversationId)
  const { data: rows } = useMessages(conversationId, { enabled: false })
  const answers = useMemo(() => answersOf(rows ?? []), [rows])
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
  const median = medianOf(answers.times)
  const facts: [name: string, value: string][] = []
  if (data) {
    const { tokens, messages } = data
    facts.push([words.usageTokens, number.format(tokens)], [words.usageMessages, number.format(messages)])
    if (messages > 0) facts.push([words.usagePerMessage, number.format(tokens / messages)])
    if (price) facts.push([words.usageCost, costOf(tokens, price, locale)])
  }
  const heard: typeof facts = []
  if (median !== undefined) {
    const times = { median: seconds(median, locale), longest: seconds(answers.times.at(-1)!, locale) }
    heard.push([words.usageAnswerTime, answers.times.length > 1 ? words.usageTimes(times) : times.median])
  }
  if (answers.cutOff > 0) heard.push([words.usageCutOff, number.format(answers.cutOff)])
  if (answers.stopped > 0) heard.push([words.usageStopped, number.format(answers.stopped)])
  if (answers.failed > 0) heard.push([words.usageFailed, number.format(answers.failed)])

  const children = (
    <>
      {data && <Facts facts={facts} />}
      {data && <p className="ck-usage-span">{words.usageSpan}</p>}
      {!data && !error && (
        <output className="ck-usage-span">
          <span className="ck-spinner" /> {words.loading}
        </output>
      )}
      {!data && error && (
        <div className="ck-board-alert" role="alert">
          <span>{isGone(error) ? words.boardGone : errorText(error, words)}</span>
          {!isGone(error) && (
            <button type="button" className="ck-button" onClick={() => void refetch()}>
              {words.retry}
            </button>
          )}
        </div>
      )}
      {heard.length > 0 && <Facts facts={heard} />}
    </>
  )
  const state: UsagePanelState = { status: data ? 'ready' : error ? 'error' : 'loading' }
  const own = { role: 'group', 'aria-label': words.usageTitle, children }
  return renderPart({ tag: 'div', name: 'usage-panel', state, own }, onDesk(props))
})

const Facts = ({ facts }: { facts: readonly (readonly [name: string, value: string])[] }) => (
  <dl className="ck-usage-facts">
    {facts.map(([name, value]) => (
      <div key={name} className="ck-usage-fact">
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
)

const costOf = (tokens: number, { perMillion, currency }: { perMillion: number; currency: string }, locale: string) =>
  new Intl.NumberFormat(locale, { style: 'currency', currency, maximumSignificantDigits: 3 }).format(
    (tokens / 1_000_000) * perMillion,
  )

const seconds = (ms: number, locale: string) =>
  new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: 'second',
    unitDisplay: 'short',
    maximumFractionDigits: ms < 10_000 ? 1 : 0,
  }).format(ms / 1000)
