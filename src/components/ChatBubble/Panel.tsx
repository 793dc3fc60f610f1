'use client'
import { useEffect, useState } from 'react'
import type { ReactElement, RefObject } from 'react'
import { alertIcon, closeIcon } from '../../internal/index.ts'
import type { ChatWindow, ChatWindowProps } from '../ChatWindow/ChatWindow.tsx'
import { useStrings } from '../useStrings.ts'
import { enter } from './useFocusReturn.ts'

interface PanelProps {
  chat: ChatWindowProps
  panel: RefObject<HTMLElement | null>
  onClose: () => void
}

/** Fetches the chat itself. */
export const loadWindow = () => import('../ChatWindow/ChatWindow.tsx')

/** What is in the panel: the way out, and the chat once it is there. */
export function Panel({ chat, panel, onClose }: PanelProps): ReactElement {
  const words = useStrings()
  const { View, failed, load } = useWindow()
  useEffect(() => {
    // Whoever opened it and has waited since goes on into the field.
    const element = panel.current
    if (View && element && document.activeElement === element) enter(element)
  }, [View, panel])
  return (
    <>
      <button
        type="button"
        className="ck-icon-button ck-panel-close"
        aria-label={words.close}
        title={words.close}
        onClick={onClose}
      >
        {closeIcon}
      </button>
      {View ? (
        <View {...chat} />
      ) : (
        <div className="ck-root" data-ck="root" data-theme={chat.theme} data-color-scheme={chat.colorScheme}>
          {failed ? (
            <div className="ck-error" role="alert">
              {alertIcon}
              <span className="ck-error-text">{words.errorNetwork}</span>
              <button type="button" className="ck-button" onClick={load}>
                {words.retry}
              </button>
            </div>
          ) : (
            <output className="ck-panel-waiting" aria-label={words.loading}>
              <span className="ck-spinner" />
            </output>
          )}
        </div>
      )}
    </>
  )
}

function useWindow() {
  const [View, setView] = useState<typeof ChatWindow | null>(null)
  const [attempt, setAttempt] = useState(1)
  const [failures, setFailures] = useState(0)
  useEffect(() => {
    loadWindow().then(
      (module) => setView(() => module.ChatWindow),
      () => setFailures(attempt),
    )
  }, [attempt])
  return { View, failed: failures === attempt, load: () => setAttempt(attempt + 1) }
}
