'use client'
import { useEffect, useRef, useState } from 'react'
import { fileIcon } from './icons.tsx'

/** Pictures that cannot hold a script or ask for anything. */
const PICTURES = /^image\/(avif|bmp|gif|jpeg|png|webp)$/

export const isPicture = (type: string): boolean => PICTURES.test(type)

/** A picture as it is, small; the mark of a file in place of anything else, and of a picture that cannot be shown. */
export function FilePicture({ data }: { data: Blob | undefined }) {
  const image = useRef<HTMLImageElement>(null)
  const [broken, setBroken] = useState<Blob>()
  const shown = data && isPicture(data.type) && data !== broken
  useEffect(() => {
    const element = image.current
    if (!element || !shown) return undefined
    const url = URL.createObjectURL(data)
    element.src = url
    return () => URL.revokeObjectURL(url)
  }, [data, shown])
  return (
    <span className="ck-file-picture">
      {shown ? (
        // The name stands beside it.
        <img ref={image} className="ck-file-image" alt="" draggable={false} onError={() => setBroken(data)} />
      ) : (
        fileIcon
      )}
    </span>
  )
}
