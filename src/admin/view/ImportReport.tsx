'use client'
import { useStrings } from '../../components/index.ts'
import { viewWords } from '../../internal/english/admin/view.ts'
import type { ViewMessages } from '../../internal/english/admin/view.ts'
import type { ImportResult, RefusedView } from './saved.ts'

/** What came of a file of views: how many were taken, which were not, and why. */
export function ImportReport({ report, locale }: { report: Omit<ImportResult, 'views'>; locale: string }) {
  const words = useStrings(viewWords)
  const { added, refused, error } = report
  if (error)
    return (
      <p className="ck-saved-problem" role="alert">
        {error === 'newer' ? words.viewRefusedNewer : words.viewRefusedFile}
      </p>
    )
  return (
    <div className="ck-saved-report">
      <output className="ck-saved-told">
        {words.viewImported({ count: added.length, locale })}
        {refused.length > 0 && ` · ${words.viewRefused({ count: refused.length, locale })}`}
      </output>
      {refused.length > 0 && (
        <ul className="ck-saved-refused">
          {refused.map((one, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- two may have one name, and the list stays as it is
            <li key={index} className="ck-saved-refusal">
              {one.name && (
                <span className="ck-saved-told" dir="auto">
                  {one.name}
                </span>
              )}{' '}
              <span className="ck-saved-why">{reason(one, words, locale)}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function reason({ reason, fields = [] }: RefusedView, words: ViewMessages, locale: string): string {
  switch (reason) {
    case 'name':
      return words.viewRefusedName
    case 'view':
      return words.viewRefusedView({ fields: new Intl.ListFormat(locale).format(fields) })
    case 'twice':
      return words.viewRefusedTwice
    default:
      return words.viewRefusedFull
  }
}
