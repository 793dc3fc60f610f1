'use client'
import { closeIcon } from '../../../internal/index.ts'
import { useStrings } from '../../useStrings.ts'
import { keepFocus } from '../keepFocus.ts'
import { useFocusHeir } from '../useFocusHeir.ts'

/** In the place of Send while files are on their way: ends that, and gives the text back to the field. */
export function CancelButton({ onClick }: { onClick: () => void }) {
  const { cancel } = useStrings()
  return (
    <button
      type="button"
      className="ck-stop"
      data-ck="cancel"
      aria-label={cancel}
      title={cancel}
      ref={useFocusHeir<HTMLButtonElement>('input', undefined)}
      onMouseDown={keepFocus}
      onClick={onClick}
    >
      {closeIcon}
    </button>
  )
}
