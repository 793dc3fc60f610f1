import type { Found } from './fuzzy.ts'

/** A text with what was found in it. */
export function Marked({ text, hits }: { text: string; hits: Found['hits'] }) {
  return (
    <>
      {hits.flatMap(([from, to], index) => [
        text.slice(hits[index - 1]?.[1] ?? 0, from),
        <mark key={from} className="ck-command-hit">
          {text.slice(from, to)}
        </mark>,
      ])}
      {text.slice(hits.at(-1)?.[1] ?? 0)}
    </>
  )
}
