'use client'
import { useEffect, useState } from 'react'

const MINUTE_MS = 60_000

/** The time, told anew every minute: the finest step in which the list says how long ago something was. */
export function useNow(): Date {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), MINUTE_MS)
    return () => clearInterval(timer)
  }, [])
  return now
}
