import type {
  ChannelEvent,
  ChannelPublishRequest,
  ChannelPublishResponse,
  ChannelSubscribeRequest,
} from '../protocol/index.ts'
import { post, write } from './call.ts'
import type { Caller } from './call.ts'
import type { CallOptions, ResponsePromise } from './types.ts'

/**
 * What happens on a channel: `.stream()` it. Each event is wrapped in a `message`; leave the loop at an inner `result` or
 * `error`, for the server does not end it. Earlier events are replayed first, 1000 of them unless `historyLength` says
 * otherwise. Silence is normal here, so there is no limit to it by default.
 */
export function subscribeChannelMessages(
  client: Caller,
  channelId: string,
  request?: ChannelSubscribeRequest,
  options?: CallOptions,
): ResponsePromise<never, ChannelEvent> {
  return post(
    client,
    '/api/v1/channel/{channelId}/subscribe',
    [channelId],
    { historyLength: 1000, ...request },
    { idleTimeout: 0, ...options },
  )
}

/** Tells a channel something, for example the answer to a function call that waits there. */
export function publishChannelMessage(
  client: Caller,
  channelId: string,
  request: ChannelPublishRequest,
  options?: CallOptions,
): Promise<ChannelPublishResponse> {
  return write(client, '/api/v1/channel/{channelId}/publish', [channelId], request, options)
}
