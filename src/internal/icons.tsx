import type { SVGAttributes } from 'react'

/** A stroke drawing on a grid of 20, in the colour of the text around it. */
export const icon = (d: string, more?: SVGAttributes<SVGPathElement>) => (
  <svg
    className="ck-icon"
    viewBox="0 0 20 20"
    width="1em"
    height="1em"
    fill="none"
    stroke="currentColor"
    strokeWidth={1.6}
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden="true"
  >
    <path d={d} {...more} />
  </svg>
)

const THUMB =
  'M6.6 9 9.4 3.4c1.4 0 2.2 1 2 2.3L11 8h3.7c1.2 0 2 1.1 1.7 2.2l-1.2 4.6a2 2 0 0 1-1.9 1.5H4.2V9h2.4m0 0v7.3'

export const SendIcon = () => icon('M10 16V4.5M5 9.2l5-5 5 5')
export const StopIcon = () => icon('M6.5 6.5h7v7h-7Z', { fill: 'currentColor', strokeWidth: 3.6 })
export const DownIcon = () => icon('M10 4v11.5m-5-4.7 5 5 5-5')
export const RetryIcon = () => icon('M15.6 8.2A6 6 0 1 0 16 10.5m0-6.3v4h-4')
export const CheckIcon = () => icon('m4.5 10.6 3.7 3.7 7.3-8')
export const PlusIcon = () => icon('M10 4.2v11.6M4.2 10h11.6')
export const CloseIcon = () => icon('m5.5 5.5 9 9m0-9-9 9')
export const ChevronIcon = () => icon('m7.5 5 5 5-5 5')
export const AlertIcon = () => icon('M10 6.4v4.2m0 2.8v.1m0 3.5a7 7 0 1 0 0-14 7 7 0 0 0 0 14Z')
export const CopyIcon = () =>
  icon(
    'M9.2 7.2h5a2 2 0 0 1 2 2v5a2 2 0 0 1-2 2h-5a2 2 0 0 1-2-2v-5a2 2 0 0 1 2-2Zm3.6 0V5.8a2 2 0 0 0-2-2h-5a2 2 0 0 0-2 2v5a2 2 0 0 0 2 2h1.4',
  )
export const EditIcon = () => icon('m4.4 15.6.8-3.4 8-8a1.8 1.8 0 0 1 2.6 2.6l-8 8-3.4.8Z')
export const SpeakIcon = () =>
  icon('M4 8.2v3.6h2.4L10 15V5L6.4 8.2H4Zm8.6-.4a3.2 3.2 0 0 1 0 4.4m2-6.6a6 6 0 0 1 0 8.8')
export const ThumbUpIcon = () => icon(THUMB)
export const ThumbDownIcon = () => icon(THUMB, { transform: 'rotate(180 10 10)' })
export const AssistantIcon = () =>
  icon('M10 3.2c.5 3.9 2.9 6.3 6.8 6.8-3.9.5-6.3 2.9-6.8 6.8-.5-3.9-2.9-6.3-6.8-6.8 3.9-.5 6.3-2.9 6.8-6.8Z')
export const UserIcon = () =>
  icon('M10 10.2a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4Zm-6 6c.9-2.6 3.2-4 6-4s5.1 1.4 6 4')
export const WrapIcon = () => icon('M3.5 5.5h13m-13 9h3M3.5 10h10a2.3 2.3 0 0 1 0 4.5h-3m1.6-1.8-1.8 1.8 1.8 1.8')
