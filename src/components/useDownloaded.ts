'use client'
import { useEffect, useState } from 'react'

/**
 * What few need and is downloaded when it is wanted; `undefined` until it is there. When it cannot be had, the next wish tries again.
 *
 * @param load the same function between renders
 */
export function useDownloaded<T>(load: () => Promise<T>, wanted: boolean): T | undefined {
  const [module, setModule] = useState<T>()
  useEffect(() => {
    if (wanted)
      load().then(
        (loaded) => setModule(() => loaded),
        () => {},
      )
  }, [load, wanted])
  return module
}
