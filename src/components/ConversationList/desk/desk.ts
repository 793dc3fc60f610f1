import type { List } from '../list.ts'
import { Bar } from './Bar.tsx'
import { Foot } from './Foot.tsx'
import { watchingFocus } from './focus.ts'
import { choosing, onKeyDown } from './keys.ts'
import { RenameField } from './RenameField.tsx'
import { Beside, Check } from './Row.tsx'
import { createDeskState } from './state.ts'

export type { DeskState, Renaming } from './state.ts'

/** What the list as a whole listens to. */
const around = (list: List) => ({ ...watchingFocus(list), ...(list.selection && choosing(list)) })

/** What only lists need in which conversations are chosen, renamed or deleted. */
export const desk = { Bar, Foot, Check, RenameField, Beside, around, onKeyDown, create: createDeskState }

export type Desk = typeof desk
