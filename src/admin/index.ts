export { formatView, parseView, writeView } from './view/address.ts'
export { describeView } from './view/describe.ts'
export type { DescribeOptions, NamedField, NameOf, ViewChip } from './view/describe.ts'
export { matcherOf, sorterOf } from './view/match.ts'
export type { Sorter } from './view/match.ts'
export { isFiltered, isLocal, isSame, localOf, paramsOf } from './view/view.ts'
export type { ConversationFacts, ConversationView, FactsOf, Matcher } from './view/view.ts'
export { CommandMenu, CommandMenuButton } from './keys/CommandMenu.tsx'
export type { CommandMenuProps } from './keys/CommandMenu.tsx'
export type { CommandMap, CommandOptions, KnownCommand } from './keys/commands.ts'
export type { CommandItem } from './keys/rank.ts'
export { Shortcuts, useCommandKeys, useShortcuts } from './keys/Shortcuts.tsx'
export type { CommandKeys, ShortcutsProps, ShortcutsState } from './keys/Shortcuts.tsx'
export { ShortcutsDialog } from './keys/ShortcutsDialog.tsx'
export type { ShortcutsDialogProps } from './keys/ShortcutsDialog.tsx'
export { formatKeys } from './keys/format.ts'
export type { FormatKeysOptions } from './keys/format.ts'
export { matchesKeys, readKeys } from './keys/keys.ts'
export type { KeyPress } from './keys/keys.ts'
export { useConversationView } from './view/useConversationView.ts'
export type { UseConversationViewOptions, UseConversationViewResult, ViewChange } from './view/useConversationView.ts'
export { useSavedViews } from './view/useSavedViews.ts'
export type { UseSavedViewsOptions, UseSavedViewsResult } from './view/useSavedViews.ts'
export type { RefusedView, SavedView } from './view/saved.ts'
export type { AdminMessages } from '../internal/index.ts'

// Votes.
export { VotesBoard } from './votes/VotesBoard.tsx'
export type { VotesBoardProps, VotesBoardState } from './votes/VotesBoard.tsx'
export type { VotePlace } from './votes/BoardDowns.tsx'
export { UsagePanel } from './votes/UsagePanel.tsx'
export type { UsagePanelProps, UsagePanelState } from './votes/UsagePanel.tsx'
export { useVotes } from './votes/useVotes.ts'
export type { UseVotesOptions, UseVotesResult } from './votes/useVotes.ts'
export { votesToldBy } from './votes/activities.ts'
export type { ToldVote } from './votes/activities.ts'
export { collectVotes } from './votes/collect.ts'
export type { Ballot, OwnVote, VoteSources } from './votes/collect.ts'
export { createVoteFacts, factsOf } from './votes/facts.ts'
export type { VoteFacts } from './votes/facts.ts'
export { groupReasons } from './votes/reasons.ts'
export type { ReasonGroup } from './votes/reasons.ts'
export { rankVotes, tallyVotes } from './votes/tally.ts'
export type { Group, Tally } from './votes/tally.ts'
export { votesOverTime } from './votes/time.ts'
export type { TimeGroup, TimeOptions, TimeUnit } from './votes/time.ts'
export { wilsonInterval } from './votes/wilson.ts'
export type { Interval } from './votes/wilson.ts'

export { createSearch } from './search/createSearch.ts'
export type { CreateSearchOptions, Search, SearchQueryOptions, SearchStatus } from './search/createSearch.ts'
export { createSearchIndex } from './search/searchIndex.ts'
export type { SearchIndex, SearchStats } from './search/searchIndex.ts'
export type { SearchAnswer, SearchHit, SearchOptions } from './search/answer.ts'
export type { SearchExcerpt } from './search/excerpt.ts'
export type { SearchFacet, SearchFacetCount, SearchFacetField } from './search/facets.ts'
export type { SearchConversation, SearchDocument, SearchMessage, SearchRef } from './search/documents.ts'

// Bulk work and exports.
export { useBulk } from './bulk/useBulk.ts'
export type { UseBulkResult } from './bulk/useBulk.ts'
export { createBulk } from './bulk/bulk.ts'
export type { Bulk, BulkKit, BulkOptions, BulkState, ShownJob } from './bulk/bulk.ts'
export { isOver, leftOf, reduceJob } from './bulk/job.ts'
export type {
  BulkAction,
  BulkEvent,
  BulkFailure,
  BulkItem,
  BulkJob,
  BulkOutcome,
  BulkPhase,
  PauseReason,
  Reason,
} from './bulk/job.ts'
export type { BulkTarget } from './bulk/collect.ts'
export { memoryBulkStorage } from './bulk/storage.ts'
export type { BulkStorage } from './bulk/storage.ts'
export { exportFileName, exportPieces } from './export/write.ts'
export type { ExportOptions } from './export/write.ts'
export type { ExportedConversation, ExportedVote, ExportFormat } from './export/formats.ts'
export { importTranscript } from './export/import.ts'

// The inbox.
export { ConversationInbox } from './inbox/ConversationInbox.tsx'
export type { ConversationInboxProps, ConversationInboxState } from './inbox/ConversationInbox.tsx'
export type { LiveOptions } from './inbox/live.ts'
