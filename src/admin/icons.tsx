import { icon } from '../internal/icons.tsx'

/** Back in the direction of reading: mirrored where one reads from the right. */
export const backIcon = /* @__PURE__ */ icon('m12 5-5 5 5 5')
export const deleteIcon = /* @__PURE__ */ icon('M4 6h12M8 6V4h4v2m-7 0 1 10h8l1-10')
export const panelIcon = /* @__PURE__ */ icon('M4 4h12v12H4Zm8 0v12')
export const bookmarkIcon = /* @__PURE__ */ icon('M6 4h8v12l-4-3-4 3Z')
export const commandIcon = /* @__PURE__ */ icon('m5 6 4 4-4 4m6 0h4')
export const filterIcon = /* @__PURE__ */ icon('M4 6h12M6 10h8m-6 4h4')
export const searchIcon = /* @__PURE__ */ icon('M9 14A5 5 0 1 0 9 4a5 5 0 0 0 0 10Zm4-1 4 4')
export const sortIcon = /* @__PURE__ */ icon('M7 4v12m0 0-3-3m3 3 3-3m3 3V4m0 0-3 3m3-3 3 3')
export const starIcon = /* @__PURE__ */ icon('m10 3 2 5h5l-4 3 2 5-5-3-5 3 2-5-4-3h5Z')
export const upIcon = /* @__PURE__ */ icon('M10 16V4M5 9l5-5 5 5')
