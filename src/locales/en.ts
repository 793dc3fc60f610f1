/** English, the language that is built in: for a page that loads every language in the same way. */
export { english as default } from '../internal/strings.ts'
