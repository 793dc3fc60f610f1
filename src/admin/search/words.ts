import { listWords } from '../../internal/english/list.ts'
import { searchWords } from '../../internal/english/admin/search.ts'

/** All that a search says. */
export const words = { ...listWords, ...searchWords }
