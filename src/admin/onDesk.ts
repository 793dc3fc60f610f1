import type { PartProps } from '../internal/index.ts'

/** The props of a component that stands by itself, with the class that gives it all variables of the kit. */
export function onDesk<P extends Pick<PartProps<S, HTMLElement>, 'className'>, S>(props: P) {
  const { className } = props
  const join = (given: string | undefined) => ['ck-desk', given].filter(Boolean).join(' ')
  return { ...props, className: (state: S) => join(typeof className === 'function' ? className(state) : className) }
}
