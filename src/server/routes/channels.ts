import { badRequest } from '../api-error.ts'
import { post, postStream } from '../route.ts'
import { CHANNEL_ID_LENGTH, channelPublish, channelSubscribe } from '../schemas.ts'
import { track } from '../turn-run.ts'
import type { Call } from '../call.ts'
import type { Routes } from '../route.ts'

export const channelRoutes: Routes = {
  'channel.subscribe': postStream(channelSubscribe, (call, { historyLength = 0 }) => {
    const id = channelId(call)
    const { channels } = call.house
    return {
      pings: true,
      run: track(
        call,
        async (run) => {
          // The headers leave with the first line, whether or not anything is said on the channel.
          run.emit({ type: 'nop', data: {} })
          const stop = channels.subscribe(call.caller.scope, id, historyLength, (message) =>
            run.emit({ type: 'message', data: message }),
          )
          await new Promise((resolve) => run.signal.addEventListener('abort', resolve, { once: true }))
          stop()
        },
        { endless: true },
      ),
    }
  }),

  'channel.publish': post(channelPublish, (call, { message }) => {
    const id = channelId(call)
    call.house.channels.publish(call.caller.scope, id, message)
    return { json: { id } }
  }),
}

function channelId(call: Call): string {
  const id = call.params.channelId ?? ''
  if (id.length < CHANNEL_ID_LENGTH)
    throw badRequest(`"channelId" length must be at least ${CHANNEL_ID_LENGTH} characters long`)
  return id
}
