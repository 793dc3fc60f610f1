'use client'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type {
  InfiniteData,
  UseInfiniteQueryOptions,
  UseInfiniteQueryResult,
  UseQueryOptions,
  UseQueryResult,
  UseSuspenseInfiniteQueryOptions,
} from '@tanstack/react-query'
import type { ConversationInstance } from '../protocol/index.ts'
import { useConversationKit } from '../provider/index.ts'
import type { ConversationKit } from '../provider/index.ts'
import { given } from '../queries/index.ts'
import type { ConversationError } from '../transport/index.ts'

/** How a read behaves; as in Query. */
export interface ReadOptions {
  /** @default true, as long as there is an id */
  enabled?: boolean
  /** Milliseconds. @default 30000 */
  staleTime?: number
  /** Milliseconds. */
  gcTime?: number
  /** Milliseconds. @default false */
  refetchInterval?: number | false
  /** Show what the last parameters gave until the new ones have loaded. */
  placeholderData?: 'keepPrevious'
}

/** The options that were given. An `undefined` one would override what the recipe says. */
function readOptions({ placeholderData, ...options }: ReadOptions = {}) {
  return {
    ...(given(options) as Omit<ReadOptions, 'placeholderData'>),
    ...(placeholderData && { placeholderData: keepPreviousData }),
  }
}

/** Reads one thing of the provider's by its recipe. */
export function useOne<T>(
  recipe: (kit: ConversationKit) => UseQueryOptions<T, ConversationError>,
  options?: ReadOptions,
): UseQueryResult<T, ConversationError> {
  const kit = useConversationKit()
  return useQuery({ ...recipe(kit), ...readOptions(options) }, kit.queryClient)
}

/** Reads a list of the provider's by its recipe, and shows of its pages what `select` takes. */
export function usePages<P, T>(
  recipe: (kit: ConversationKit) => PagesOptions<P>,
  select: (pages: InfiniteData<P, string | undefined>) => T,
  options?: ReadOptions,
): UseInfiniteQueryResult<T, ConversationError> {
  const kit = useConversationKit()
  return useInfiniteQuery({ ...recipe(kit), ...readOptions(options), select }, kit.queryClient)
}

type PagesOptions<P> = UseInfiniteQueryOptions<
  P,
  ConversationError,
  InfiniteData<P, string | undefined>,
  readonly unknown[],
  string | undefined
>

/** The recipe of a list that has an id and so always reads, for `useSuspenseInfiniteQuery`. */
export type SuspensePages<P> = UseSuspenseInfiniteQueryOptions<
  P,
  ConversationError,
  InfiniteData<P, string | undefined>,
  readonly unknown[],
  string | undefined
>

/** The conversations of all pages. */
export const allItems = (data: InfiniteData<{ items: ConversationInstance[] }>): ConversationInstance[] =>
  data.pages.flatMap((page) => page.items)
