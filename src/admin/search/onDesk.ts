/** The class of a component that stands by itself, and that of whoever uses it. */
export const onDesk =
  <S>(className: string | ((state: S) => string | undefined) | undefined) =>
  (state: S): string =>
    ['ck-desk', typeof className === 'function' ? className(state) : className].filter(Boolean).join(' ')
