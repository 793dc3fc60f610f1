'use client'
import { useEffect, useState } from 'react'
import { part, renderPart, whenIdle } from '../../internal/index.ts'
import type { PartProps } from '../../internal/index.ts'
import { useLocale } from '../useStrings.ts'
import { messageAttributes, useMessageContext, useToldMessage } from './ChatMessage.tsx'
import type { ChatMessageState } from './ChatMessage.tsx'
import { dayOf, formatDate, formatDay } from './dates.ts'

export interface ChatTimeProps extends PartProps<ChatMessageState, HTMLTimeElement> {}

/** When the message was said: the time of day, and the date with it for who asks. Renders a `<time>`. */
export const ChatTime = part<HTMLTimeElement, ChatTimeProps>(function ChatTime(props) {
  const { message, state } = useToldMessage('Time')
  const locale = useLocale()
  const date = new Date(message.createdAt)
  if (Number.isNaN(date.getTime())) return null
  const own = {
    dateTime: date.toISOString(),
    title: formatDate(date, locale, 'full'),
    children: formatDate(date, locale, 'time'),
    // A server may live in another time zone.
    suppressHydrationWarning: true,
  }
  return renderPart({ tag: 'time', name: 'time', state, attributes: messageAttributes(state), own }, props)
})

/** Has what writes dates made ready before the first is to be written: making it takes longer than a frame. */
export function useDates(): void {
  const locale = useLocale()
  useEffect(
    () =>
      whenIdle(() => {
        const now = new Date()
        formatDay(now, now, locale)
        formatDate(now, locale, 'full')
        formatDate(now, locale, 'time')
      }),
    [locale],
  )
}

export interface ChatDayProps extends PartProps<ChatMessageState, HTMLTimeElement> {}

/** The day, over the first message of each. Renders a `<time>`, or nothing over the others. */
export const ChatDay = part<HTMLTimeElement, ChatDayProps>(function ChatDay(props) {
  const { newDay } = useMessageContext('Day')
  return newDay ? <DayOf {...props} /> : null
})

const DayOf = part<HTMLTimeElement, ChatDayProps>(function DayOf(props) {
  const { message, state } = useToldMessage('Day')
  const locale = useLocale()
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    // What is today is yesterday after midnight.
    const tomorrow = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1)
    const timer = setTimeout(() => setNow(new Date()), tomorrow.getTime() - now.getTime())
    return () => clearTimeout(timer)
  }, [now])
  const date = new Date(message.createdAt)
  const own = {
    dateTime: new Date(dayOf(date) * 86_400_000).toISOString().slice(0, 10),
    children: formatDay(date, now, locale),
    suppressHydrationWarning: true,
  }
  return renderPart({ tag: 'time', name: 'day', state, attributes: messageAttributes(state), own }, props)
})
