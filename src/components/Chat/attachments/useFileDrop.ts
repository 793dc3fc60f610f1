'use client'
import { useEffect, useState } from 'react'
import type { RefObject } from 'react'
import { useLatest } from '../../../hooks/index.ts'

/** Files that come by another way than the picker: onto the chat, and into its field. Tells whether some are held over the chat. */
export function useFileDrop(input: RefObject<HTMLTextAreaElement | null>, take: ((files: File[]) => void) | null) {
  const [over, setOver] = useState(false)
  const latest = useLatest(take)
  useEffect(() => {
    const field = input.current
    const root = field?.closest<HTMLElement>('[data-ck="root"]')
    if (!field || !root) return undefined
    const life = new AbortController()
    const on = (
      target: HTMLElement | Window,
      type: 'dragenter' | 'dragover' | 'dragleave' | 'drop',
      listener: (event: DragEvent) => void,
    ) => target.addEventListener(type, listener as EventListener, { signal: life.signal })

    // What is entered next is told before what is left: the drag has gone when it leaves what it entered last.
    let entered: EventTarget | null = null
    const end = () => {
      entered = null
      setOver(false)
    }
    const hold = (event: DragEvent) => {
      if (!latest.current || !hasFiles(event)) return
      event.preventDefault()
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy'
      setOver(true)
    }
    on(root, 'dragenter', (event) => {
      entered = event.target
      hold(event)
    })
    on(root, 'dragover', hold)
    on(root, 'dragleave', (event) => {
      if (event.target === entered) end()
    })
    on(root, 'drop', (event) => {
      end()
      if (!latest.current || !hasFiles(event)) return
      event.preventDefault()
      deliver(filesOf(event.dataTransfer), latest.current)
    })
    // An element that goes away under the pointer tells of no leaving.
    on(window, 'dragover', (event) => {
      if (!root.contains(event.target as Node | null)) end()
    })
    on(window, 'drop', end)

    const paste = (event: ClipboardEvent) => {
      // What an office program copies is a picture too. Who copies text wants text.
      if (!latest.current || event.clipboardData?.types.includes('text/plain')) return
      const files = filesOf(event.clipboardData)
      if (files.length === 0) return
      event.preventDefault()
      deliver(files, latest.current)
    }
    field.addEventListener('paste', paste, { signal: life.signal })
    return () => life.abort()
  }, [input, latest])
  return over
}

const deliver = (files: File[], take: (files: File[]) => void) => {
  if (files.length > 0) take(files)
}

/** A text or a link that is dragged is no file. */
const hasFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') ?? false

/** The files in it. A folder is given as a file that cannot be read. */
function filesOf(transfer: DataTransfer | null): File[] {
  const items = [...(transfer?.items ?? [])].filter(({ kind }) => kind === 'file')
  const isFolder = (item: DataTransferItem) => item.webkitGetAsEntry?.()?.isDirectory ?? false
  if (items.length === 0) return [...(transfer?.files ?? [])]
  return items.flatMap((item) => (isFolder(item) ? [] : (item.getAsFile() ?? [])))
}
