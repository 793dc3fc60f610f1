import { randomText } from './ids.ts'

const HISTORY_EVENTS = 1000
const HISTORY_MS = 3_600_000
/** How often what is too old is looked for. */
const SWEEP_MS = 60_000

interface Channel {
  events: { at: number; message: unknown }[]
  listeners: Set<(message: unknown) => void>
}

/** What is said on channels, kept for an hour for those who come late. */
export interface Channels {
  publish(scope: string, id: string, message: unknown): void
  /** Tells the last `history` messages, then each new one, until the returned function is called. */
  subscribe(scope: string, id: string, history: number, listener: (message: unknown) => void): () => void
  /** `true` the first time within an hour: what goes by this name has not begun yet. */
  claim(scope: string, name: string): boolean
  clear(): void
}

/** A channel belongs to the key or token that uses it: the same id in another scope is another channel. */
export function createChannels(now: () => number): Channels {
  const channels = new Map<string, Channel>()
  const claims = new Map<string, number>()

  let swept = now()

  function forgetOld(): void {
    if (Math.abs(now() - swept) < SWEEP_MS) return
    swept = now()
    const oldest = swept - HISTORY_MS
    for (const [key, channel] of channels) {
      channel.events = channel.events.filter((event) => event.at >= oldest)
      if (channel.events.length === 0 && channel.listeners.size === 0) channels.delete(key)
    }
    for (const [key, at] of claims) if (at < oldest) claims.delete(key)
  }
  function channelAt(scope: string, id: string): Channel {
    forgetOld()
    const key = JSON.stringify([scope, id])
    const channel = channels.get(key) ?? { events: [], listeners: new Set() }
    channels.set(key, channel)
    return channel
  }

  return {
    publish(scope, id, message) {
      const channel = channelAt(scope, id)
      channel.events.push({ at: now(), message })
      if (channel.events.length > HISTORY_EVENTS) channel.events.shift()
      for (const listener of channel.listeners) listener(message)
    },
    subscribe(scope, id, history, listener) {
      const channel = channelAt(scope, id)
      const recent = channel.events.filter((event) => event.at >= now() - HISTORY_MS)
      if (history > 0) for (const { message } of recent.slice(-history)) listener(message)
      channel.listeners.add(listener)
      return () => channel.listeners.delete(listener)
    },
    claim(scope, name) {
      forgetOld()
      const key = JSON.stringify([scope, name])
      if ((claims.get(key) ?? -Infinity) >= now() - HISTORY_MS) return false
      claims.set(key, now())
      return true
    },
    clear() {
      claims.clear()
      channels.clear()
    },
  }
}

/** An id for a channel that the caller did not name. */
export const newChannelId = () => `channel-${randomText(24)}`
