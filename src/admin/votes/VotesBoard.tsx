'use client'
import { useId, useMemo, useState } from 'react'
import { errorText, useLocale, useNow, useStrings } from '../../components/index.ts'
import { votesWords } from '../../internal/english/admin/votes.ts'
import { part, renderPart } from '../../internal/index.ts'
import type { PartProps } from '../../internal/index.ts'
import { BoardControls } from './BoardControls.tsx'
import { BoardDowns } from './BoardDowns.tsx'
import type { VotePlace } from './BoardDowns.tsx'
import { BoardFigure } from './BoardFigure.tsx'
import type { Column } from './BoardFigure.tsx'
import { BoardReasons } from './BoardReasons.tsx'
import { onDesk } from '../onDesk.ts'
import { RankChart, ShareBar } from './RankChart.tsx'
import { daysOf, spanOf, unitFor, unitsFor } from './range.ts'
import type { Range } from './range.ts'
import { groupReasons, reasonKey } from './reasons.ts'
import { rankVotes, tallyVotes } from './tally.ts'
import type { Group, Tally } from './tally.ts'
import { TimeChart } from './TimeChart.tsx'
import { viewersZone, votesOverTime } from './time.ts'
import type { TimeGroup, TimeUnit } from './time.ts'
import { useKnownConversations } from './useKnown.ts'
import { modelName } from '../view/match.ts'
import { useLookUp } from './useLookUp.ts'
import { useVotes } from './useVotes.ts'
import { createWriter, weekStartOf } from './write.ts'

/** Every field is also a data attribute. */
export interface VotesBoardState {
  /** `partial`: there are more votes than were read. `error`: not all could be read; what was is shown. */
  status: 'loading' | 'error' | 'empty' | 'partial' | 'ready'
}

export interface VotesBoardProps extends Omit<PartProps<VotesBoardState, HTMLElement>, 'children'> {
  /** Whose votes are shown. @default every contact */
  contactId?: string
  /** Names of bots by their ids: the API tells ids only. */
  botNames?: Readonly<Record<string, string>>
  /** What days are told by, an IANA name. @default the viewer's */
  timeZone?: string
  /** When somebody wants to see what was voted down. Without it votes are listed, and open nothing. */
  onOpen?: (place: VotePlace) => void
}

/**
 * What people think of the answers: ups and downs in all, over time, by bot and by model, each with its 95 % interval, and why answers
 * were voted down. Renders a `<section>`.
 */
export const VotesBoard = part<HTMLElement, VotesBoardProps>(function VotesBoard({
  contactId,
  botNames,
  timeZone: zone,
  onOpen,
  ...props
}) {
  const words = useStrings(votesWords)
  const locale = useLocale()
  const title = useId()
  const timeZone = zone ?? viewersZone()
  const write = useMemo(() => createWriter(locale, timeZone), [locale, timeZone])
  const all = useVotes({ contactId })
  const { error } = all
  const { conversations, gone } = useKnownConversations()

  const [range, setRange] = useState<Range>('all')
  const [wanted, setUnit] = useState<TimeUnit>()
  const [chosen, setReason] = useState<string>()
  const now = useNow().getTime()
  const span = useMemo(() => spanOf(range, now, timeZone), [range, now, timeZone])
  const { from, to } = span
  const votes = useMemo(
    () => all.votes.filter(({ createdAt }) => from === undefined || createdAt >= from),
    [all.votes, from],
  )
  const days = daysOf(votes, span)
  const units = unitsFor(days)
  const unit = wanted && units.includes(wanted) ? wanted : unitFor(days)

  const total = useMemo(() => tallyVotes(votes), [votes])
  const groups = useMemo(
    () => votesOverTime(votes, { unit, timeZone, from, to, weekStart: weekStartOf(locale) }),
    [votes, unit, timeZone, from, to, locale],
  )
  const bots = useMemo(
    () => rankVotes(votes, (vote) => vote.botId ?? conversations.get(vote.conversationId ?? '')?.botId ?? ''),
    [votes, conversations],
  )
  const models = useMemo(
    () =>
      rankVotes(votes, ({ conversationId = '' }) => modelOf(conversations.get(conversationId)))
        // What is not known is no model.
        .toSorted((a, b) => Number(a.key === UNKNOWN) - Number(b.key === UNKNOWN)),
    [votes, conversations],
  )
  const downs = useMemo(() => votes.filter(({ vote }) => vote === 'down'), [votes])
  const reasons = useMemo(() => groupReasons(downs), [downs])
  const unknown = useMemo(
    () => [...new Set(votes.flatMap(({ conversationId: id }) => (id && !conversations.has(id) && id) || []))],
    [votes, conversations],
  )
  const { left, lookUp } = useLookUp(unknown)

  const nameOfBot = (id: string) => botNames?.[id] ?? (id || words.boardNoBot)
  const nameOfModel = (model: string) => (model === UNKNOWN ? words.boardUnknownModel : model || words.boardNoModel)
  const columns = <T extends Tally>(name: string, cell: (row: T) => string): Column<T>[] => [
    { name, cell },
    { name: words.boardUp, cell: ({ up }) => write.number(up) },
    { name: words.boardDown, cell: ({ down }) => write.number(down) },
    { name: words.boardShare, cell: ({ share }) => write.share(share) },
    { name: words.boardIntervalName, cell: (row) => (row.total > 0 ? write.interval(row) : '–') },
  ]
  const unitNames = { day: words.boardDay, week: words.boardWeek, month: words.boardMonth }
  const isEmpty = all.votes.length === 0
  const status = statusOf(all.isPending, error !== null, isEmpty, all.hasMore)
  const children = (
    <>
      <BoardControls
        title={title}
        range={range}
        onRange={setRange}
        unit={unit}
        units={units}
        onUnit={setUnit}
        isFetching={all.isFetching}
        onReload={all.reload}
      />
      {error && (
        <div className="ck-board-alert" role="alert">
          {error.code === 'BAD_REQUEST' && error.status === undefined ? (
            <span>{words.boardCannotRead}</span>
          ) : (
            <>
              <span>
                {words.boardFailed} {errorText(error, words)}
              </span>
              <button type="button" className="ck-button" onClick={all.retry}>
                {words.retry}
              </button>
            </>
          )}
        </div>
      )}
      {status === 'loading' && isEmpty && (
        <output className="ck-board-empty">
          <span className="ck-spinner" /> {words.boardLoading}
        </output>
      )}
      {status === 'empty' && (
        <div className="ck-board-empty">
          <p className="ck-board-empty-title">{words.boardEmpty}</p>
          <p className="ck-board-note">{words.boardEmptyBody}</p>
        </div>
      )}
      {!isEmpty && total.total === 0 && <p className="ck-board-empty">{words.boardEmptyRange}</p>}
      {total.total > 0 && (
        <>
          <dl className="ck-board-totals">
            <div className="ck-board-total" data-wide="">
              <dt>{words.boardShare}</dt>
              <dd>
                <b className="ck-board-big">{write.share(total.share)}</b>{' '}
                <span className="ck-board-note">{write.interval(total)}</span>
                <ShareBar tally={total} />
              </dd>
            </div>
            <div className="ck-board-total">
              <dt className="ck-board-sign" data-vote="up">
                {words.boardUp}
              </dt>
              <dd className="ck-board-big">{write.number(total.up)}</dd>
            </div>
            <div className="ck-board-total">
              <dt className="ck-board-sign" data-vote="down">
                {words.boardDown}
              </dt>
              <dd className="ck-board-big">{write.number(total.down)}</dd>
            </div>
          </dl>
          <BoardFigure<TimeGroup>
            title={words.boardOverTime}
            rows={groups}
            keyOf={({ day }) => day}
            columns={columns(unitNames[unit], ({ start }) => write.group(start, unit))}
          >
            {groups.length > 0 && (
              <TimeChart groups={groups} unit={unit} write={write} up={words.boardUp} down={words.boardDown} />
            )}
          </BoardFigure>
          <div className="ck-board-pair">
            <BoardFigure<Group<string>>
              title={words.boardByBot}
              rows={bots}
              keyOf={({ key }) => key}
              columns={columns(words.boardBot, ({ key }) => nameOfBot(key))}
              note={words.boardIntervalHelp}
            >
              <RankChart groups={bots} nameOf={nameOfBot} write={write} />
            </BoardFigure>
            <BoardFigure<Group<string>>
              title={words.boardByModel}
              rows={models}
              keyOf={({ key }) => key}
              columns={columns(words.boardModel, ({ key }) => nameOfModel(key))}
              note={
                left > 0 && (
                  <button type="button" className="ck-button" onClick={lookUp}>
                    {words.boardLookUp({ count: left, locale })}
                  </button>
                )
              }
            >
              <RankChart groups={models} nameOf={nameOfModel} write={write} />
            </BoardFigure>
          </div>
          <div className="ck-board-pair">
            {reasons.length > 0 && <BoardReasons groups={reasons} chosen={chosen} onChoose={setReason} write={write} />}
            <BoardDowns
              key={`${range} ${chosen}`}
              votes={chosen === undefined ? downs : downs.filter(({ reason }) => reasonKey(reason) === chosen)}
              conversations={conversations}
              gone={gone}
              onAny={chosen === undefined ? undefined : () => setReason(undefined)}
              onOpen={onOpen}
            />
          </div>
        </>
      )}
      {all.hasMore && !isEmpty && (
        <footer className="ck-board-footer">
          <output>{words.boardSoFar({ votes: all.votes.length, contacts: all.contacts, locale })}</output>
          <button type="button" className="ck-button" disabled={all.isFetching} onClick={all.loadMore}>
            {words.boardMore}
          </button>
        </footer>
      )}
    </>
  )
  const own = { 'aria-labelledby': title, children }
  return renderPart({ tag: 'section', name: 'board', state: { status }, own }, onDesk(props))
})

/** Stands for the model of a conversation that was not read. No model is called so. */
const UNKNOWN = '?'

const modelOf = (conversation: { model?: string | null } | undefined): string =>
  conversation ? modelName(conversation.model ?? '') : UNKNOWN

function statusOf(pending: boolean, failed: boolean, isEmpty: boolean, hasMore: boolean): VotesBoardState['status'] {
  if (failed) return 'error'
  if (pending || (isEmpty && hasMore)) return 'loading'
  if (isEmpty) return 'empty'
  return hasMore ? 'partial' : 'ready'
}
