import { Bar } from './Bar.tsx'
import { Foot } from './Foot.tsx'
import { choosing, onKeyDown } from './keys.ts'
import { Row } from './Row.tsx'
import { createDeskState } from './state.ts'

export type { DeskState } from './state.ts'

/** What only lists need in which conversations are chosen, renamed or deleted. */
export const desk = { Bar, Foot, Row, choosing, onKeyDown, create: createDeskState }

export type Desk = typeof desk
