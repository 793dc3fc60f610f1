import type { ReactElement } from 'react'

/** A stroke drawing on a grid of 20, in the colour of the text around it. */
export function icon(name: string, shape: ReactElement) {
  return (
    <svg
      className="ck-icon"
      data-icon={name}
      viewBox="0 0 20 20"
      width="1em"
      height="1em"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.6}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {shape}
    </svg>
  )
}

export const SendIcon = () => icon('send', <path d="M10 16V4.5M5 9.2l5-5 5 5" />)
export const StopIcon = () => icon('stop', <rect x="5.5" y="5.5" width="9" height="9" rx="1.8" fill="currentColor" />)
export const DownIcon = () => icon('down', <path d="M10 4v11.5M5 10.8l5 5 5-5" />)
export const RetryIcon = () => icon('retry', <path d="M15.6 8.2A6 6 0 1 0 16 10.5M16 4.2v4h-4" />)
export const CheckIcon = () => icon('check', <path d="m4.5 10.6 3.7 3.7 7.3-8" />)
export const PlusIcon = () => icon('plus', <path d="M10 4.2v11.6M4.2 10h11.6" />)
export const CloseIcon = () => icon('close', <path d="m5.5 5.5 9 9m0-9-9 9" />)
export const ChevronIcon = () => icon('chevron', <path d="m7.5 5 5 5-5 5" />)
export const AlertIcon = () => icon('alert', <path d="M10 6.4v4.2m0 2.8v.1M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14Z" />)
export const CopyIcon = () =>
  icon(
    'copy',
    <>
      <rect x="7.2" y="7.2" width="9" height="9" rx="2" />
      <path d="M12.8 7.2V5.8a2 2 0 0 0-2-2h-5a2 2 0 0 0-2 2v5a2 2 0 0 0 2 2h1.4" />
    </>,
  )
export const EditIcon = () => icon('edit', <path d="m4.4 15.6.8-3.4 8-8a1.8 1.8 0 0 1 2.6 2.6l-8 8-3.4.8Z" />)
export const SpeakIcon = () =>
  icon('speak', <path d="M4 8.2v3.6h2.4L10 15V5L6.4 8.2H4Zm8.6-.4a3.2 3.2 0 0 1 0 4.4m2-6.6a6 6 0 0 1 0 8.8" />)
export const ThumbUpIcon = () =>
  icon(
    'thumb-up',
    <path d="M6.6 9 9.4 3.4c1.4 0 2.2 1 2 2.3L11 8h3.7c1.2 0 2 1.1 1.7 2.2l-1.2 4.6a2 2 0 0 1-1.9 1.5H6.6m0-7.3v7.3m0-7.3H4.2v7.3h2.4" />,
  )
export const ThumbDownIcon = () =>
  icon(
    'thumb-down',
    <path d="M13.4 11 10.6 16.6c-1.4 0-2.2-1-2-2.3L9 12H5.3c-1.2 0-2-1.1-1.7-2.2l1.2-4.6a2 2 0 0 1 1.9-1.5h6.7m0 7.3V3.7m0 7.3h2.4V3.7h-2.4" />,
  )
export const AssistantIcon = () =>
  icon(
    'assistant',
    <path d="M10 3.2c.5 3.9 2.9 6.3 6.8 6.8-3.9.5-6.3 2.9-6.8 6.8-.5-3.9-2.9-6.3-6.8-6.8 3.9-.5 6.3-2.9 6.8-6.8Z" />,
  )
export const UserIcon = () =>
  icon('user', <path d="M10 10.2a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4Zm-6 6c.9-2.6 3.2-4 6-4s5.1 1.4 6 4" />)
export const ToolIcon = () => icon('tool', <path d="m4.5 5.5 4 4.5-4 4.5M10.5 14.5h5" />)
export const WrapIcon = () =>
  icon('wrap', <path d="M3.5 5.5h13M3.5 14.5h3M3.5 10h10a2.3 2.3 0 0 1 0 4.5h-3m1.6-1.8-1.8 1.8 1.8 1.8" />)
