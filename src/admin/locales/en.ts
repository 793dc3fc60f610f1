import { adminEnglish } from '../../internal/adminStrings.ts'
import { english } from '../../internal/strings.ts'

/** English, the language that is built in: for a page that loads every language in the same way. */
export default { ...english, ...adminEnglish }
