import { keepPreviousData } from '@tanstack/react-query'

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
export function readOptions({ enabled, staleTime, gcTime, refetchInterval, placeholderData }: ReadOptions) {
  return {
    ...(enabled !== undefined && { enabled }),
    ...(staleTime !== undefined && { staleTime }),
    ...(gcTime !== undefined && { gcTime }),
    ...(refetchInterval !== undefined && { refetchInterval }),
    ...(placeholderData === 'keepPrevious' && { placeholderData: keepPreviousData }),
  }
}
