import type { SyntheticEvent } from 'react'

/** Pressing a button of the field does not take the focus out of the field, nor the keyboard off a touch screen. */
export const keepFocus = (event: SyntheticEvent) => event.preventDefault()
