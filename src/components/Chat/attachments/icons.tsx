import { icon } from '../../../internal/index.ts'

export const attachIcon = /* @__PURE__ */ icon(
  'm15.6 9.4-5.5 5.5a3.6 3.6 0 0 1-5.1-5.1l5.8-5.8a2.4 2.4 0 0 1 3.4 3.4l-5.7 5.7a1.2 1.2 0 0 1-1.7-1.7l5.2-5.2',
)
export const fileIcon = /* @__PURE__ */ icon(
  'M11.4 3.2H6.2A1.6 1.6 0 0 0 4.6 4.8v10.4a1.6 1.6 0 0 0 1.6 1.6h7.6a1.6 1.6 0 0 0 1.6-1.6V7.2l-4-4Zm0 0v4h4',
)
export const dropIcon = /* @__PURE__ */ icon(
  'M10 12.5v-9M6.4 7.1 10 3.5l3.6 3.6M3.5 12.5v2.4a1.6 1.6 0 0 0 1.6 1.6h9.8a1.6 1.6 0 0 0 1.6-1.6v-2.4',
)
