'use client'
import type { UseInfiniteQueryResult } from '@tanstack/react-query'
import type { RatingInstance } from '../protocol/index.ts'
import { ratingsOptions } from '../queries/index.ts'
import type { RatingPages, RatingParams } from '../queries/index.ts'
import type { ConversationError } from '../transport/index.ts'
import { usePages } from './readOptions.ts'
import type { ReadOptions } from './readOptions.ts'

/**
 * The votes that the server keeps, of one contact or of all of them. `data` is all that was loaded, flat; `fetchNextPage` loads more.
 * A vote that was changed is there once for each time. The official client has no contacts and so no ratings: the error says so.
 */
export const useRatings = (
  params?: RatingParams,
  options?: ReadOptions,
): UseInfiniteQueryResult<RatingInstance[], ConversationError> =>
  usePages(({ client }) => ratingsOptions(client, params), allRatings, options)

const allRatings = ({ pages }: RatingPages): RatingInstance[] => pages.flatMap((page) => page.items)
