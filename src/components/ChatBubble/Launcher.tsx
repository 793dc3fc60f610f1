'use client'
import type { ReactNode } from 'react'
import { closeIcon, part } from '../../internal/index.ts'
import { useLocale, useStrings } from '../useStrings.ts'
import { loadWindow } from './Panel.tsx'

interface LauncherProps {
  panelId: string
  open: boolean
  unread: number
  onToggle: () => void
  children?: ReactNode
}

/** The button that is always there, and the count on it. */
export const Launcher = part<HTMLButtonElement, LauncherProps>(function Launcher(props) {
  const { ref, panelId, open, unread, onToggle, children } = props
  const words = useStrings()
  const locale = useLocale()
  const waiting = !open && unread > 0 ? words.unread({ count: unread, locale }) : ''
  const label = open ? words.close : words.open
  // Who comes near is going to open it.
  const prepare = () => void loadWindow().catch(() => {})
  return (
    <>
      <button
        ref={ref}
        type="button"
        className="ck-launcher"
        data-ck="launcher"
        data-open={open ? '' : undefined}
        aria-label={waiting ? `${label}, ${waiting}` : label}
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-controls={panelId}
        onClick={onToggle}
        onPointerEnter={prepare}
        onFocus={prepare}
      >
        {open ? closeIcon : (children ?? launcherIcon)}
        {waiting && (
          <span className="ck-badge" aria-hidden="true">
            {unread > 99 ? '99+' : new Intl.NumberFormat(locale).format(unread)}
          </span>
        )}
      </button>
      <output className="ck-hidden">{waiting}</output>
    </>
  )
})

const launcherIcon = (
  <svg
    className="ck-icon"
    viewBox="0 0 24 24"
    width="1em"
    height="1em"
    fill="none"
    aria-hidden="true"
    focusable="false"
  >
    <path
      d="M12 4c4.7 0 8.5 3.1 8.5 7s-3.8 7-8.5 7c-.8 0-1.6-.1-2.4-.3L5.2 20l.9-3.7C4.5 15 3.5 13.1 3.5 11c0-3.9 3.8-7 8.5-7Z"
      stroke="currentColor"
      strokeWidth={1.7}
      strokeLinejoin="round"
    />
    <path d="M8.5 11h.01M12 11h.01M15.5 11h.01" stroke="currentColor" strokeWidth={2.2} strokeLinecap="round" />
  </svg>
)
