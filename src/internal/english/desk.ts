import type { Messages } from '../strings.ts'
import { counted } from './counted.ts'

/** What is said where conversations are chosen, renamed and deleted in their list. */
export const deskWords = {
  rename: 'Rename',
  delete: 'Delete',
  undo: 'Undo',
  listSelect: ({ name }) => `Select ${name}`,
  listRename: ({ name }) => `Rename ${name}`,
  listDelete: ({ name }) => `Delete ${name}`,
  listSelectAll: 'Select all',
  listSelectNone: 'Clear selection',
  listSelected: ({ count, locale }) => counted(count, locale, 'selected', 'selected'),
  listAllSelected: 'All selected',
  listDeleted: ({ count, locale }) => counted(count, locale, 'conversation deleted', 'conversations deleted'),
  listNotDeleted: ({ count, locale }) =>
    counted(count, locale, 'conversation not deleted', 'conversations not deleted'),
  listNotRenamed: 'Not renamed',
  listVotes: ({ up, down }) => `${up} up, ${down} down`,
} satisfies Partial<Messages>
