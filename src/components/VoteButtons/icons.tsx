import { icon } from '../../internal/index.ts'

const THUMB = 'M7 9 9 3q3 0 2 5h4q2 0 1 3l-1 4q0 1-2 1H4V9h3v7'

export const thumbUpIcon = /* @__PURE__ */ icon(THUMB)
export const thumbDownIcon = /* @__PURE__ */ icon(THUMB, { transform: 'rotate(180 10 10)' })
