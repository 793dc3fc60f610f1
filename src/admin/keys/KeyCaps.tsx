'use client'
import { useStrings } from '../../components/index.ts'
import { keysWords } from '../../internal/english/admin/keys.ts'
import { formatKeys, keyCaps } from './format.ts'
import { useMac } from './Shortcuts.tsx'

/** A shortcut as keys of a keyboard. It is read from left to right in every language. `silent`: it is said by what is around it. */
export function KeyCaps({ keys, silent = false }: { keys: string; silent?: boolean }) {
  const words = useStrings(keysWords)
  const mac = useMac()
  return (
    <span className="ck-keys" dir="ltr">
      {!silent && <span className="ck-hidden">{formatKeys(keys, { mac, words })}</span>}
      {keyCaps(keys, { mac, words }).map((cap) => (
        <kbd key={cap} className="ck-key" aria-hidden="true">
          {cap}
        </kbd>
      ))}
    </span>
  )
}
