'use client'
import { useEffect, useLayoutEffect } from 'react'

/** `useLayoutEffect`, without the warning of React 18 where there is no page to lay out. */
export const useBrowserLayoutEffect = typeof document === 'undefined' ? useEffect : useLayoutEffect
