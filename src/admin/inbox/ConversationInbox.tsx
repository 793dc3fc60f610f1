'use client'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { RefObject } from 'react'
import { useLocale, useStrings } from '../../components/index.ts'
import type { ConversationSelection, ThemeName } from '../../components/index.ts'
import { useBrowserLayoutEffect, useListView } from '../../hooks/index.ts'
import { inboxWords } from '../../internal/english/admin/inbox.ts'
import { closeIcon, part, renderPart, useMergedRef } from '../../internal/index.ts'
import type { PartProps } from '../../internal/index.ts'
import type { ConversationInstance } from '../../protocol/index.ts'
import { CommandMenu } from '../keys/CommandMenu.tsx'
import { Shortcuts } from '../keys/Shortcuts.tsx'
import { ShortcutsDialog } from '../keys/ShortcutsDialog.tsx'
import { comparerOf } from '../view/compare.ts'
import { matcherOf } from '../view/match.ts'
import { useConversationView } from '../view/useConversationView.ts'
import { useToday } from '../view/useToday.ts'
import { cleanView, isLocal, paramsOf } from '../view/view.ts'
import type { ConversationView, FactsOf } from '../view/view.ts'
import { onDesk } from '../onDesk.ts'
import { InboxCommands } from './InboxCommands.tsx'
import { ListPane } from './ListPane.tsx'
import type { LiveOptions } from './live.ts'
import { Panel } from './Panel.tsx'
import { Thread } from './Thread.tsx'
import { useClosed } from './useClosed.ts'
import { useFacts } from './useFacts.ts'
import { useLive } from './useLive.ts'
import { usePanes } from './usePanes.ts'

/** Every field is also a data attribute. */
export interface ConversationInboxState {
  /** What is seen where there is room for one part only. */
  pane: 'list' | 'thread' | 'panel'
  /** Whether the details are shown; `auto`, as long as nobody chose: where there is room for them beside the conversation. */
  panel: 'auto' | 'open' | 'closed'
}

export interface ConversationInboxProps extends Omit<
  PartProps<ConversationInboxState, HTMLDivElement>,
  'children' | 'defaultValue'
> {
  /** The id of the conversation that is open; `null` for a new one. */
  value?: string | null
  defaultValue?: string | null
  onValueChange?: (id: string | null) => void
  /** A message of the conversation that is open, to go to: one that was voted down, say. */
  messageId?: string | null
  /** What the list shows, where somebody else keeps it. */
  view?: ConversationView
  defaultView?: ConversationView
  onViewChange?: (view: ConversationView) => void
  /** Keeps the view in the address bar; a text goes before each of its names. @default false */
  address?: boolean | string
  /** How the inbox learns of what others do. `false`: not at all. @default { interval: 10000 } */
  live?: LiveOptions | false
  /** @default the scheme of the page */
  colorScheme?: 'light' | 'dark' | 'system'
  theme?: ThemeName
}

const PAGE = 100
const LIVE: LiveOptions = {}

/**
 * The desk of an admin: a list of conversations, the one that is open, and what is known of it, side by side, or one at a time where
 * there is no room. Fills the height of what it is in. Renders a `<div>`. Needs `conversation-kit/admin/styles.css`.
 */
export const ConversationInbox = part<HTMLDivElement, ConversationInboxProps>(function ConversationInbox({
  value,
  defaultValue = null,
  onValueChange,
  messageId: wanted = null,
  view: givenView,
  defaultView,
  onViewChange,
  address,
  live = LIVE,
  colorScheme,
  theme,
  style,
  ref,
  ...props
}) {
  const words = useStrings(inboxWords)
  const [view, setView] = useConversationView({
    value: givenView,
    defaultValue: defaultView,
    onChange: onViewChange,
    address,
  })
  const place = usePlace(value, defaultValue, onValueChange)
  const { open, show } = place
  const messageId = place.messageId ?? wanted
  const params = useMemo(() => ({ ...paramsOf(view), take: PAGE }), [view])
  const factsOf = useFacts(view, params)
  const { filter, sort } = useShown(view, factsOf)
  const list = useListView(params, filter, sort)
  const [selection, setSelection] = useSelection(view, list.shown.ids)
  useLive(params, open, live)
  const panes = usePanes()
  const [state, setState] = useState<ConversationInboxState>({
    pane: open === null ? 'list' : 'thread',
    panel: 'auto',
  })
  const root = useRef<HTMLDivElement>(null)
  const title = useRef<HTMLHeadingElement>(null)
  const goTo = useCallback(
    (pane: ConversationInboxState['pane']) =>
      setState(({ panel }) => ({ pane, panel: pane === 'panel' ? 'open' : panel })),
    [],
  )
  const closed = useClosed(open)
  const openHere = useCallback(
    (id: string | null, message?: string) => {
      const why = closed.opens(id)
      show(id, message)
      // When what was open is deleted, nobody has asked for a new one: the way back is in the list, and it ends there.
      if (why !== 'back' && !(why === 'instead' && id === null)) goTo('thread')
    },
    [show, goTo, closed],
  )
  useFocusInView(root, title, state.pane, open)
  const seesPanel = useIsSeen(root, '.ck-inbox-panel', open !== null)
  const togglePanel = () =>
    setState(({ pane }) =>
      seesPanel ? { pane: 'thread', panel: 'closed' } : { pane: pane === 'panel' ? 'thread' : 'panel', panel: 'open' },
    )
  const children = (
    <div className="ck-inbox-panes">
      <section className="ck-inbox-list" aria-label={words.inboxList}>
        <ListPane
          params={params}
          view={view}
          onViewChange={setView}
          factsOf={factsOf}
          filter={filter}
          sort={sort}
          open={open}
          onOpen={openHere}
          selection={selection}
          onSelectionChange={setSelection}
        />
      </section>
      <div className="ck-inbox-line" aria-label={words.inboxResizeList} {...panes.separator('list')} />
      <section className="ck-inbox-thread" aria-label={words.inboxThread}>
        <Thread
          conversationId={open}
          messageId={messageId}
          panelOpen={seesPanel}
          onPanel={togglePanel}
          onBack={() => goTo('list')}
          onCreated={(id) => openHere(id)}
          title={title}
        />
      </section>
      {open !== null && (
        <>
          <div
            className="ck-inbox-line ck-inbox-panel-line"
            aria-label={words.inboxResizePanel}
            {...panes.separator('panel')}
          />
          <aside className="ck-inbox-panel" aria-label={words.inboxPanel}>
            <div className="ck-inbox-panel-header">
              <h2 className="ck-inbox-panel-title">{words.inboxDetails}</h2>
              <button
                type="button"
                className="ck-icon-button ck-inbox-panel-close"
                aria-label={words.inboxHidePanel}
                title={words.inboxHidePanel}
                onClick={togglePanel}
              >
                {closeIcon}
              </button>
            </div>
            <Panel conversationId={open} facts={factsOf(open)} onOpen={(id) => openHere(id)} />
          </aside>
        </>
      )}
    </div>
  )
  const own = { 'data-color-scheme': colorScheme, 'data-theme': theme, children }
  const shown = { ...state, panel: open === null ? ('closed' as const) : state.panel }
  const both = { ...props, ref: useMergedRef(root, ref) }
  return (
    <Shortcuts>
      <InboxCommands
        root={root}
        ids={list.shown.ids}
        open={open}
        closed={closed}
        onOpen={openHere}
        onPane={goTo}
        selection={selection}
        onSelectionChange={setSelection}
        canSelectAll={!view.search?.trim()}
      />
      <CommandMenu colorScheme={colorScheme} theme={theme} />
      <ShortcutsDialog colorScheme={colorScheme} theme={theme} />
      {renderPart(
        { tag: 'div', name: 'inbox', state: shown, own },
        {
          ...onDesk(both),
          style: (now) => ({ ...panes.style, ...(typeof style === 'function' ? style(now) : style) }),
        },
      )}
    </Shortcuts>
  )
})

/** Which conversation is open, by the page or by ourselves, and what of it is sought. */
function usePlace(
  value: string | null | undefined,
  defaultValue: string | null,
  onValueChange: ((id: string | null) => void) | undefined,
) {
  const [own, setOwn] = useState<{ id: string | null; messageId: string | null }>({ id: defaultValue, messageId: null })
  const open = value === undefined ? own.id : value
  const show = useCallback(
    (id: string | null, messageId?: string) => {
      setOwn({ id, messageId: messageId ?? null })
      onValueChange?.(id)
    },
    [onValueChange],
  )
  return { open, messageId: own.id === open ? own.messageId : null, show }
}

/**
 * Which conversations are chosen. "All that match" are those of the view it was said in; where a view goes by what is not known of every
 * conversation, they are those that are shown.
 */
function useSelection(view: ConversationView, shown: () => readonly string[]) {
  const { sort: _sort, order: _order, ...filters } = cleanView(view)
  const key = JSON.stringify(filters)
  const [chosen, setChosen] = useState<{ key: string; selection: ConversationSelection }>({ key, selection: NONE })
  const isSeen = Boolean(view.votes ?? view.lastSpeaker ?? view.search)
  const choose = (next: ConversationSelection) =>
    setChosen({
      key,
      selection: next.all && isSeen ? { ids: shown().filter((id) => !next.except.includes(id)) } : next,
    })
  return [chosen.selection.all && chosen.key !== key ? NONE : chosen.selection, choose] as const
}

const NONE: ConversationSelection = { ids: [] }

/** What of the loaded conversations is shown, and in which order. The same functions as long as they would say the same. */
function useShown(view: ConversationView, factsOf: FactsOf) {
  const locale = useLocale()
  const today = useToday()
  // What nobody asks for changes nothing.
  const asked = view.votes || view.lastSpeaker || view.sort === 'votes' ? factsOf : undefined
  return useMemo(() => {
    const clean = cleanView(view)
    const matches = matcherOf(clean, today)
    return {
      filter: isLocal(clean)
        ? (conversation: ConversationInstance) => matches(conversation, asked?.(conversation.id))
        : undefined,
      sort: comparerOf(clean, asked, locale),
    }
  }, [view, asked, locale, today])
}

/** Whether a part has room on the page. */
function useIsSeen(root: RefObject<HTMLElement | null>, selector: string, exists: boolean): boolean {
  const [seen, setSeen] = useState(false)
  useBrowserLayoutEffect(() => {
    const part = exists && root.current?.querySelector(selector)
    if (!part) return undefined
    const observer = new ResizeObserver(() => setSeen(part.getClientRects().length > 0))
    observer.observe(part)
    return () => observer.disconnect()
  }, [root, selector, exists])
  return exists && seen
}

/** Where the focus would be lost, since what it was in has made room for something else, it goes to what is there now. */
function useFocusInView(
  root: RefObject<HTMLElement | null>,
  title: RefObject<HTMLElement | null>,
  pane: ConversationInboxState['pane'],
  open: string | null,
): void {
  const before = useRef({ pane, open })
  useEffect(() => {
    if (before.current.pane === pane && before.current.open === open) return
    before.current = { pane, open }
    const focused = document.activeElement
    const isLost =
      !focused || focused === document.body || (root.current?.contains(focused) && !focused.checkVisibility())
    if (!isLost) return
    const find = (selector: string) => root.current?.querySelector<HTMLElement>(selector)
    if (pane === 'list') (find('.ck-conversation[aria-current]') ?? find('.ck-inbox-list button'))?.focus()
    else if (pane === 'thread') title.current?.focus()
    else find('.ck-inbox-panel summary')?.focus()
  }, [root, title, pane, open])
}
