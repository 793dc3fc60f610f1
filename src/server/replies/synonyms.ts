/** Words that people use for the same thing when they ask about software; the first one stands for all of them. */
const GROUPS = `
  auth authentication authenticate authorization authorize login signin
  break broke broken
  color colour
  cost price pricing paid
  csv excel spreadsheet
  database db
  delete remove erase
  deploy deployment hosting production
  docs doc document documentation
  error exception
  font typeface letters
  language i18n l10n internationalization localization translation translate
  license licence
  list inbox overview
  mock fake simulate stub
  network offline internet
  older previous earlier history
  page pagination paging paginate
  picture image photo
  safe safety secure security
  size big large heavy small
  slow fast speed performance
  stop cancel abort interrupt
  style theme design css stylesheet styling look appearance
  upload attach attachment
  user visitor customer
  vote upvote downvote rating thumb
`

/** From any root to the one that stands for its group. `toRoot` makes the roots. */
export function createSynonyms(toRoot: (word: string) => string): (root: string) => string {
  const standing = new Map<string, string>()
  for (const line of GROUPS.trim().split('\n')) {
    const [first = '', ...others] = line.trim().split(' ').map(toRoot)
    for (const other of others) standing.set(other, first)
  }
  return (root) => standing.get(root) ?? root
}
