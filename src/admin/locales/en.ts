import { adminEnglish } from '../../internal/adminStrings.ts'
import type { AdminMessages } from '../../internal/adminStrings.ts'
import { english } from '../../internal/strings.ts'
import type { Messages } from '../../internal/strings.ts'

/** English, the language that is built in: for a page that loads every language in the same way. */
const words: Messages & AdminMessages = { ...english, ...adminEnglish }

export default words
