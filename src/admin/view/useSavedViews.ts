'use client'
import { useCallback, useMemo, useState } from 'react'
import {
  addView,
  changeView,
  exportViews,
  importViews,
  isTaken,
  moveView,
  openWith,
  parseSaved,
  removeView,
  restoreView,
} from './saved.ts'
import type { ImportResult, RemovedView, SavedView } from './saved.ts'
import { useKept } from './useKept.ts'
import type { ConversationView } from './view.ts'

export interface UseSavedViewsOptions {
  /** Under which name they are kept in the browser. @default 'conversation-kit:views' */
  name?: string
  /** @default `localStorage` */
  storage?: Pick<Storage, 'getItem' | 'setItem'>
}

export interface UseSavedViewsResult {
  views: readonly SavedView[]
  /** The one that an inbox opens with, for the `defaultValue` of `useConversationView`. */
  first: SavedView | undefined
  /** Saves a view; `undefined` where the name is empty or taken. */
  save: (name: string, view: ConversationView) => SavedView | undefined
  /** Another view under the same name. */
  update: (id: string, view: ConversationView) => void
  rename: (id: string, name: string) => void
  /** Whether another view has this name. */
  isTaken: (name: string, except?: string) => boolean
  remove: (id: string) => void
  /** What was removed last and can come back. */
  removed: RemovedView | undefined
  undoRemove: () => void
  /** By so many places; less than nothing is up. */
  move: (id: string, by: number) => void
  /** Opens with a view, or with none. */
  openWith: (id: string | undefined) => void
  /** All of them as the text of a JSON file. */
  exportViews: () => string
  /** Takes the views of such a text in, and says what it refused. */
  importViews: (text: string) => Omit<ImportResult, 'views'>
  /** `false` once the browser did not keep what was saved. */
  kept: boolean
}

const newId = () => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}`

/** Views that people save under a name. They are kept in the browser, and other tabs follow. */
export function useSavedViews({
  name = 'conversation-kit:views',
  storage,
}: UseSavedViewsOptions = {}): UseSavedViewsResult {
  const [saved, write] = useKept({ name, storage, parse: parseSaved })
  const [removed, setRemoved] = useState<RemovedView>()
  const [kept, setKept] = useState(true)
  const change = useCallback((to: Parameters<typeof write>[0]) => setKept(write(to)), [write])

  return useMemo<UseSavedViewsResult>(
    () => ({
      views: saved.views,
      first: saved.views.find(({ id }) => id === saved.opensWith),
      kept,
      removed,
      save(name, view) {
        const id = newId()
        let made: SavedView | undefined
        change((now) => {
          const next = addView(now, { id, name, view })
          made = next.views.find((each) => each.id === id)
          return next
        })
        return made
      },
      update: (id, view) => change((now) => changeView(now, id, { view })),
      rename: (id, to) => change((now) => changeView(now, id, { name: to })),
      isTaken: (name, except) => isTaken(saved, name, except),
      remove: (id) =>
        change((now) => {
          const next = removeView(now, id)
          if (next.removed) setRemoved(next.removed)
          return next.saved
        }),
      undoRemove() {
        if (removed) change((now) => restoreView(now, removed))
        setRemoved(undefined)
      },
      move: (id, by) => change((now) => moveView(now, id, by)),
      openWith: (id) => change((now) => openWith(now, id)),
      exportViews: () => exportViews(saved),
      importViews(text) {
        let result: ImportResult | undefined
        change((now) => {
          result = importViews(now, text, newId)
          return result.added.length > 0 ? result.views : now
        })
        const { added = [], refused = [], error } = result ?? {}
        return { added, refused, ...(error && { error }) }
      },
    }),
    [saved, kept, removed, change],
  )
}
