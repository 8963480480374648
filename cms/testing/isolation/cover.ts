/** Values by parameter: `{ operation: ['list', …], duty: [...] }`. */
type Parameters = Record<string, readonly string[]>

/**
 * A covering array: rows such that every combination of values of any `strength` parameters stands in at least one row. Greedy: each row
 * starts from a combination that is still missing and takes, parameter by parameter, the value that brings most of the others.
 * The same parameters give the same rows.
 */
export function coverCombinations<P extends Parameters>(parameters: P, strength: number): Array<{ [Name in keyof P]: P[Name][number] }> {
  const names = Object.keys(parameters)
  const groups = choose(names, strength)
  const missing = new Set(groups.flatMap((group) => combinations(group, parameters)))
  const rows: Array<Record<string, string>> = []
  for (const seed of missing) {
    if (!missing.has(seed)) continue
    const row: Record<string, string> = Object.fromEntries(JSON.parse(seed) as [string, string][])
    for (const name of names) {
      if (name in row) continue
      let best = { value: parameters[name]![0]!, gain: -1 }
      // Starting elsewhere in each row keeps the values in turn where nothing else decides.
      for (const [index] of parameters[name]!.entries()) {
        const value = parameters[name]![(index + rows.length) % parameters[name]!.length]!
        const gain = gainOf({ ...row, [name]: value }, groups, missing)
        if (gain > best.gain) best = { value, gain }
      }
      row[name] = best.value
    }
    for (const group of groups) missing.delete(keyOf(group, row))
    rows.push(row)
  }
  return rows as Array<{ [Name in keyof P]: P[Name][number] }>
}

const keyOf = (group: readonly string[], row: Record<string, string>) => JSON.stringify(group.map((name) => [name, row[name]]))

function gainOf(row: Record<string, string>, groups: readonly string[][], missing: ReadonlySet<string>): number {
  return groups.filter((group) => group.every((name) => name in row) && missing.has(keyOf(group, row))).length
}

function choose(names: readonly string[], count: number): string[][] {
  if (count === 0) return [[]]
  return names.flatMap((name, index) => choose(names.slice(index + 1), count - 1).map((rest) => [name, ...rest]))
}

function combinations(group: readonly string[], parameters: Parameters): string[] {
  let rows: Array<Record<string, string>> = [{}]
  for (const name of group) rows = rows.flatMap((row) => parameters[name]!.map((value) => ({ ...row, [name]: value })))
  return rows.map((row) => keyOf(group, row))
}
