'use client'
import { useEffect, useState } from 'react'

const MINUTE_MS = 60_000

/** A moment of today: another one when the day has changed where the page is read, at the latest a minute after, or when it is seen again. */
export function useToday(): Date {
  const [today, setToday] = useState(() => new Date())
  useEffect(() => {
    const look = () => setToday((was) => (was.toDateString() === new Date().toDateString() ? was : new Date()))
    const timer = setInterval(look, MINUTE_MS)
    document.addEventListener('visibilitychange', look)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', look)
    }
  }, [])
  return today
}
