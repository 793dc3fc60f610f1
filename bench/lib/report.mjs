/** How often everything is measured; the figures are the medians. */
export const RUNS = Number(process.env.BENCH_RUNS ?? 5)

export function median(values) {
  const sorted = values.filter((value) => value !== undefined).toSorted((a, b) => a - b)
  if (sorted.length === 0) return Number.NaN
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

export function percentile(values, share) {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)]
}

/**
 * Measures in turns, so that whatever the machine does meets everybody. `measure` gives an object of numbers for a name. The result
 * has the median of each, and `ratio`: the median of what one was of another in the same turn.
 */
export async function inTurns(names, measure, runs = RUNS) {
  const all = Object.fromEntries(names.map((name) => [name, []]))
  for (let run = 0; run < runs; run++) {
    // Each goes first once in a while.
    for (let turn = 0; turn < names.length; turn++) {
      const name = names[(turn + run) % names.length]
      all[name].push(await measure(name))
    }
  }
  const figures = Object.fromEntries(
    names.map((name) => {
      const keys = Object.keys(all[name][0])
      return [name, Object.fromEntries(keys.map((key) => [key, median(all[name].map((each) => each[key]))]))]
    }),
  )
  const ratio = (name, other, key) => median((all[name] ?? []).map((each, run) => each[key] / all[other]?.[run]?.[key]))
  return { figures, ratio }
}

/** Promises, each with what was measured. */
export function createVerdicts() {
  const table = {}
  return {
    /** `undefined` or NaN, where there is nothing to compare, keeps no promise. */
    atMost(name, measured, wanted, unit = 'x') {
      table[name] = {
        measured: Number.isFinite(measured) ? `${round(measured)} ${unit}` : 'not measured',
        'at most': `${wanted} ${unit}`,
        kept: measured <= wanted ? 'yes' : 'NO',
      }
    },
    atLeast(name, measured, wanted, unit) {
      table[name] = {
        measured: `${round(measured)} ${unit}`,
        'at most': `(at least ${wanted} ${unit})`,
        kept: measured >= wanted ? 'yes' : 'NO',
      }
    },
    /** Prints them and gives those that were not kept. */
    end() {
      console.log()
      console.table(table)
      return Object.entries(table).flatMap(([name, { kept }]) => (kept === 'yes' ? [] : [name]))
    },
  }
}

export const round = (value) =>
  Number.isFinite(value) ? Number(value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)) : '-'

/** A table of what was measured, with whole names for its columns. */
export function show(title, figures, columns) {
  console.log(`\n${title}`)
  const row = (each) => Object.fromEntries(Object.entries(columns).map(([key, name]) => [name, round(each[key])]))
  console.table(Object.fromEntries(Object.entries(figures).map(([name, each]) => [name, row(each)])))
}
