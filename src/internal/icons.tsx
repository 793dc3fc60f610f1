import type { SVGAttributes } from 'react'

/** A stroke drawing in whole steps on a grid of 20, in the colour of the text around it. */
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

export const sendIcon = /* @__PURE__ */ icon('M10 16V4M5 9l5-5 5 5')
export const stopIcon = /* @__PURE__ */ icon('M6 6h8v8H6Z', { fill: 'currentColor', strokeWidth: 3 })
export const downIcon = /* @__PURE__ */ icon('M10 4v12m-5-5 5 5 5-5')
export const retryIcon = /* @__PURE__ */ icon('M16 8a6 6 0 1 0 0 4m0-8v4h-4')
export const checkIcon = /* @__PURE__ */ icon('m4 11 4 4 8-9')
export const plusIcon = /* @__PURE__ */ icon('M10 4v12m-6-6h12')
export const closeIcon = /* @__PURE__ */ icon('m5 5 10 10m0-10L5 15')
export const chevronIcon = /* @__PURE__ */ icon('m8 5 5 5-5 5')
export const alertIcon = /* @__PURE__ */ icon('M10 6v5m0 3v0m0 3a7 7 0 1 0 0-14 7 7 0 0 0 0 14Z')
export const copyIcon = /* @__PURE__ */ icon(
  'M9 7h5a2 2 0 0 1 2 2v5a2 2 0 0 1-2 2H9a2 2 0 0 1-2-2V9a2 2 0 0 1 2-2Zm4 0V6a2 2 0 0 0-2-2H6a2 2 0 0 0-2 2v5a2 2 0 0 0 2 2h1',
)
export const editIcon = /* @__PURE__ */ icon('m4 16 1-4 8-8a2 2 0 0 1 3 3l-8 8-4 1Z')
export const trashIcon = /* @__PURE__ */ icon('M4 6h12M8 6V4h4v2m2 0-1 10H7L6 6m3 3v4m2-4v4')
export const speakIcon = /* @__PURE__ */ icon('M4 8v4h2l4 3V5L6 8H4Zm9 0q2 2 0 4m2-7q4 5 0 10')
export const assistantIcon = /* @__PURE__ */ icon('M10 3q1 6 7 7-6 1-7 7-1-6-7-7 6-1 7-7Z')
export const userIcon = /* @__PURE__ */ icon('M10 10a3 3 0 1 0 0-6 3 3 0 0 0 0 6Zm-6 6q2-4 6-4t6 4')
export const wrapIcon = /* @__PURE__ */ icon('M3 5h14M3 15h3m-3-5h11a2 2 0 0 1 0 5h-3m2-2-2 2 2 2')
