'use client'
import { useUnsaved } from './useUnsaved.ts'

const NONE = {}

/**
 * Fields being changed by hand, over values that may change by themselves: what was not touched follows the value, what was touched
 * stays until it is saved or discarded, also while something else is shown. `place`: whose fields they are.
 */
export function useEdited<T extends Record<string, string>>(place: string, saved: T) {
  const [edits = NONE, setEdits] = useUnsaved<Partial<T>>(place)
  const changed = Object.fromEntries(
    Object.entries(edits).filter(([name, value]) => value !== undefined && value !== saved[name]),
  ) as Partial<T>
  return {
    value: { ...saved, ...edits },
    changed,
    isChanged: Object.keys(changed).length > 0,
    set: (name: keyof T, value: string) =>
      setEdits(({ [name]: _was, ...others } = {}) => {
        // What is as it was saved is not an edit: somebody else may change it meanwhile.
        const next = (value === saved[name] ? others : { ...others, [name]: value }) as Partial<T>
        return Object.keys(next).length > 0 ? next : undefined
      }),
    discard: () => setEdits(() => undefined),
    /** What was sent is saved; what was written since stays. */
    settle: (sent: Partial<T>) =>
      setEdits((now = {}) => {
        const left = Object.entries(now).filter(([name, value]) => value !== sent[name])
        return left.length > 0 ? (Object.fromEntries(left) as Partial<T>) : undefined
      }),
  }
}
