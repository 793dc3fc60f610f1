import { newChannelId } from '../channels.ts'
import { post } from '../route.ts'
import { dispatchMessage, dispatchStateless } from '../schemas.ts'
import { startComplete, startStateless } from './complete.ts'
import type { Call } from '../call.ts'
import type { Routes } from '../route.ts'
import type { Run } from '../run.ts'

export const dispatchRoutes: Routes = {
  'conversation.dispatch': post(dispatchMessage, async (call, { channelId = newChannelId(), ...body }) => {
    // A repeat with the same channel is the same dispatch.
    const first = call.house.channels.claim(call.caller.scope, `${call.params.conversationId} ${channelId}`)
    if (first) publish(call, startComplete(call, body), channelId)
    return { json: { channelId } }
  }),

  'conversation.dispatchStateless': post(dispatchStateless, async (call, { channelId = newChannelId(), ...body }) => {
    publish(call, await startStateless(call, body), channelId)
    return { json: { channelId } }
  }),
}

/** Tells the channel what the run says. Of a conversation that cannot be found nothing is heard. */
function publish(call: Call, run: Run, channelId: string): void {
  const tell = (message: unknown) => call.house.channels.publish(call.caller.scope, channelId, message)
  run.read({
    event: ({ type, data }) => tell({ type, data }),
    end(failure) {
      if (failure && failure.status >= 500) tell({ type: 'error', data: { message: failure.message } })
    },
    cut: (error) => tell({ type: 'error', data: { message: error.message } }),
    hasRoom: () => true,
  })
}
