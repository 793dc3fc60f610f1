'use client'
import { cloneElement, createElement } from 'react'
import type { CSSProperties, HTMLAttributes, ReactElement, Ref, RefAttributes } from 'react'

import { mergeRefs } from './refs.ts'

type Props = Record<string, unknown>

/** What every part takes beside the attributes of its element. `S` is the state the part is in. */
export interface PartProps<S, E extends HTMLElement> extends Omit<HTMLAttributes<E>, 'className' | 'style'> {
  /** Added to the part's own class, or a function of the part's state that gives it. */
  className?: string | ((state: S) => string | undefined)
  style?: CSSProperties | ((state: S) => CSSProperties | undefined)
  /** Another element in place of the part's own, or a function that makes it. It gets all of the part's props. */
  render?: ReactElement<Props> | ((props: Props, state: S) => ReactElement)
}

interface Part<S> {
  tag: string
  /** Gives the class `ck-<name>` and the attribute `data-ck`. */
  name: string
  state: S
  /** The part's own props; those of the user win, handlers run after the user's. */
  own?: Props
  /** What becomes `data-*`, where that is not the state itself. */
  attributes?: object
}

/** Every part is rendered here: state to attributes, `className` and `style` by value or function, `render`, handlers in order. */
export function renderPart<S extends object, E extends HTMLElement>(
  { tag, name, state, own = {}, attributes = state }: Part<S>,
  { className, style, render, ref, ...given }: PartProps<S, E> & RefAttributes<E>,
): ReactElement {
  const props = {
    'data-ck': name,
    ...dataAttributes(attributes),
    ...mergeProps(own, given),
    className: join(`ck-${name}`, typeof className === 'function' ? className(state) : className),
    style: typeof style === 'function' ? style(state) : style,
    ref,
  }
  if (typeof render === 'function') return render(props, state)
  if (!render) return createElement(tag, props)
  const wanted = render.props
  return cloneElement(render, {
    ...mergeProps(props, wanted),
    className: join(props.className, wanted.className),
    style: isObject(wanted.style) ? { ...props.style, ...wanted.style } : props.style,
    ref: mergeRefs(ref, refOf(render)),
  })
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null
const join = (...names: unknown[]) => names.filter(Boolean).join(' ')

function dataAttributes(state: object): Record<string, string> {
  const attributes: Record<string, string> = {}
  for (const [key, value] of Object.entries(state)) {
    if (value === undefined || value === null || value === false) continue
    const name = key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
    attributes[`data-${name}`] = value === true ? '' : String(value)
  }
  return attributes
}

type Handler = (event: { defaultPrevented?: boolean }) => void
const isHandler = (value: unknown): value is Handler => typeof value === 'function'

/** `given` over `own`; a handler in both runs as given first, then as own unless the first called `preventDefault`. */
function mergeProps(own: Props, given: object): Props {
  const merged = { ...own }
  for (const [key, value] of Object.entries(given) as [string, unknown][]) {
    if (value === undefined) continue
    const mine = own[key]
    const both = key.startsWith('on') && isHandler(mine) && isHandler(value)
    merged[key] = both ? inOrder(value, mine) : value
  }
  return merged
}

const inOrder =
  (first: Handler, second: Handler): Handler =>
  (event) => {
    first(event)
    if (!event?.defaultPrevented) second(event)
  }

/** React 18 keeps the ref beside the props, React 19 among them; reading the wrong one warns, and is a getter. */
const refOf = (element: ReactElement<Props>): Ref<HTMLElement> | undefined =>
  refIn(element.props) ?? refIn(element) ?? undefined

const refIn = (place: object) => Object.getOwnPropertyDescriptor(place, 'ref')?.value as Ref<HTMLElement> | undefined
