'use client'
import { useStrings } from '../../components/index.ts'
import { bulkWords } from '../../internal/english/admin/bulk.ts'
import { EXPORT_FORMATS } from '../export/formats.ts'
import type { ExportFormat } from '../export/formats.ts'

interface FormatFieldProps {
  value: ExportFormat
  onChange: (format: ExportFormat) => void
}

/** The kind of file that is wanted. */
export function FormatField({ value, onChange }: FormatFieldProps) {
  const words = useStrings(bulkWords)
  const names: Record<ExportFormat, string> = {
    csv: words.bulkFormatCsv,
    csvMessages: words.bulkFormatCsvMessages,
    json: words.bulkFormatJson,
    markdown: words.bulkFormatMarkdown,
    html: words.bulkFormatHtml,
  }
  return (
    <label className="ck-bulk-field">
      <span className="ck-bulk-label">{words.bulkExportFormat}</span>
      <select
        className="ck-bulk-input"
        data-focus="first"
        value={value}
        onChange={(event) => onChange(event.target.value as ExportFormat)}
      >
        {EXPORT_FORMATS.map((format) => (
          <option key={format} value={format}>
            {names[format]}
          </option>
        ))}
      </select>
    </label>
  )
}
