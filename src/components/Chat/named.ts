import type { ReactNode } from 'react'

/** The name of a button that shows an icon. One with words of the page's own is named by its words. */
export const named = (label: string, children: ReactNode) =>
  typeof children === 'string' ? {} : { 'aria-label': label, title: label }
