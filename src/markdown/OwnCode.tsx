'use client'
import { createElement, memo } from 'react'
import type { ComponentProps } from 'react'
import type { CodeRenderer } from './shared.ts'

/** What the page shows in the place of some code; rendered again only when that code is another. */
export const OwnCode = memo(function OwnCode({ by, ...props }: ComponentProps<CodeRenderer> & { by: CodeRenderer }) {
  return createElement(by, props)
})
