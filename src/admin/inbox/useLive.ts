'use client'
import { useEffect } from 'react'
import { useLatest } from '../../hooks/index.ts'
import { useConversationKit } from '../../provider/index.ts'
import type { ListParams } from '../../queries/index.ts'
import { keepLive } from './live.ts'
import type { LiveOptions } from './live.ts'

/** Keeps a list of conversations and the one that is open as the server has them, as long as the component is there. */
export function useLive(params: ListParams, open: string | null, live: LiveOptions | false): void {
  const kit = useConversationKit()
  const watched = useLatest({ params, open })
  const { interval, channelId } = live || {}
  useEffect(() => {
    if (live === false) return undefined
    const leave = new AbortController()
    keepLive(kit, () => watched.current, { interval, channelId }, leave.signal)
    return () => leave.abort()
    // eslint-disable-next-line react-hooks/exhaustive-deps -- an object that is made anew in each rendering begins nothing anew
  }, [kit, watched, live === false, interval, channelId])
}
