'use client'
import { useContext } from 'react'
import { SharedContext } from './shared.ts'

/** What the whole text has in common. */
export const useShared = () => useContext(SharedContext)!
