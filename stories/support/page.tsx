import type { Decorator } from '@storybook/react-vite'
import { useLayoutEffect } from 'react'
import type { ReactNode } from 'react'

/** What a story may ask of the page around it: `parameters: { page: { … } }`. */
export interface PageParameters {
  /** CSS lengths of the box the component is put into. */
  width?: string
  height?: string
  scheme?: 'light' | 'dark'
  dir?: 'ltr' | 'rtl'
}

type PageProps = PageParameters & { children: ReactNode }

function Page({
  width = '44rem',
  height = 'min(40rem, calc(100dvh - 2rem))',
  scheme = 'light',
  dir = 'ltr',
  children,
}: PageProps) {
  useLayoutEffect(() => {
    document.documentElement.dataset.scheme = scheme
    document.documentElement.dir = dir
    document.documentElement.lang = 'en'
  }, [scheme, dir])
  return (
    <main className="page">
      <div style={{ inlineSize: `min(${width}, calc(100vw - 2rem))`, blockSize: height }}>{children}</div>
    </main>
  )
}

/** Puts a story on a page: light or dark, from left or from right, in a box of a size. */
export const withPage: Decorator = (Story, { parameters, globals }) => {
  const page = (parameters.page ?? {}) as PageParameters
  return (
    <Page scheme={globals.scheme as 'light' | 'dark'} dir={globals.dir as 'ltr' | 'rtl'} {...page}>
      <Story />
    </Page>
  )
}
