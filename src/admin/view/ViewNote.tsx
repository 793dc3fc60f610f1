'use client'
import { useLocale, useStrings } from '../../components/index.ts'
import { listWords } from '../../internal/english/list.ts'
import { viewWords } from '../../internal/english/admin/view.ts'
import { part, renderPart } from '../../internal/index.ts'
import type { PartProps } from '../../internal/index.ts'
import { onDesk } from '../onDesk.ts'
import { isLocal } from './view.ts'
import type { ConversationView } from './view.ts'

/** Every field is also a data attribute. */
export interface ViewNoteState {
  /** Whether there may be more that match than are shown. */
  partial: boolean
}

export interface ViewNoteProps extends Omit<PartProps<ViewNoteState, HTMLDivElement>, 'children'> {
  view: ConversationView
  /** How many conversations are loaded. */
  loaded: number
  /** How many of them match. @default `loaded` */
  shown?: number
  /** Of how many it is not known who spoke last, while a filter asks for it. @default 0 */
  unknown?: number
  hasMore: boolean
  /** Whether more are on their way. @default false */
  loading?: boolean
  onLoadMore?: () => void
}

const noteWords = { ...listWords, ...viewWords }

/**
 * How much a view has seen: all there is, or what is loaded of more, with a button for more where a filter runs on what is loaded.
 * Renders a `<div>`.
 */
export const ViewNote = part<HTMLDivElement, ViewNoteProps>(function ViewNote({
  view,
  loaded,
  shown = loaded,
  unknown = 0,
  hasMore,
  loading = false,
  onLoadMore,
  ...props
}) {
  const words = useStrings(noteWords)
  const locale = useLocale()
  const local = isLocal(view)
  const state: ViewNoteState = { partial: local && hasMore }
  const children = (
    <>
      {/* Said once it has come to rest: while pages come in one after the other, each would be read aloud. */}
      <output className="ck-view-counts" aria-busy={loading}>
        {local && <span className="ck-view-count">{words.viewMatching({ count: shown, locale })}</span>}
        <span className="ck-view-count">
          {(hasMore ? words.viewLoadedOfMore : words.viewAllLoaded)({ count: loaded, locale })}
        </span>
        {local && hasMore && <span className="ck-view-why">{words.viewOnlyLoaded}</span>}
        {view.lastSpeaker && unknown > 0 && (
          <span className="ck-view-why">{words.viewUnknown({ count: unknown, locale })}</span>
        )}
      </output>
      {local && hasMore && onLoadMore && (
        <button
          type="button"
          className="ck-button ck-view-more"
          aria-disabled={loading}
          onClick={() => loading || onLoadMore()}
        >
          {loading && <span className="ck-spinner" />}
          {loading ? words.loading : words.loadMore}
        </button>
      )}
    </>
  )
  return renderPart({ tag: 'div', name: 'view-note', state, own: { children } }, onDesk(props))
})
