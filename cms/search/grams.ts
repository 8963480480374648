/**
 * Text as PostgreSQL can look it up without a dictionary: pairs of neighbouring Chinese characters (编制 finds every text that says it,
 * whatever word a dictionary would make of it), and words of letters and digits.
 */
const RUNS = /(?<han>\p{Script=Han}+)|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu
/** PostgreSQL keeps no position beyond. */
const LAST_POSITION = 16_383
/** How often something is said counts a little; twenty times is not twenty times as much. */
const POSITIONS_PER_GRAM = 4
/** Nobody looks a longer word up, and PostgreSQL refuses lexemes of 2 KB. */
const WORD_LIMIT = 100

type Run = { text: string; isHan: boolean }

const runsOf = (text: string): Run[] =>
  [...text.normalize('NFKC').toLowerCase().matchAll(RUNS)].map((match) => ({ text: match[0].slice(0, match.groups?.han ? undefined : WORD_LIMIT), isHan: match.groups?.han !== undefined }))

/** The grams of a text in its order. The last character of a run stands alone as well, so that a single character can be looked up. */
export function gramsOf(text: string): string[] {
  return runsOf(text).flatMap((run) => {
    if (!run.isHan) return [run.text]
    const characters = [...run.text]
    return characters.map((character, index) => character + (characters[index + 1] ?? ''))
  })
}

/** What of a question has to be found: its pairs and words; a single character only where it stands alone. */
export function askedGrams(question: string): string[] {
  const grams = runsOf(question).flatMap((run) => {
    const characters = [...run.text]
    if (!run.isHan || characters.length === 1) return [run.text]
    return characters.slice(0, -1).map((character, index) => character + characters[index + 1])
  })
  return [...new Set(grams)]
}

/** Parts of a text by weight: A the title, B what describes it, D the text itself. */
export type WeightedText = { weight: 'A' | 'B' | 'D'; text: string }

/** The parts as the text form of a `tsvector`. */
export function gramVector(parts: readonly WeightedText[]): string {
  const places = new Map<string, string[]>()
  let position = 0
  for (const { weight, text } of parts) {
    const seen = new Map<string, number>()
    for (const gram of gramsOf(text)) {
      position = Math.min(position + 1, LAST_POSITION)
      const count = (seen.get(gram) ?? 0) + 1
      seen.set(gram, count)
      if (count > POSITIONS_PER_GRAM) continue
      const list = places.get(gram) ?? []
      list.push(`${position}${weight}`)
      places.set(gram, list)
    }
  }
  return [...places].map(([gram, list]) => `${quoted(gram)}:${list.join(',')}`).join(' ')
}

/** Grams as the text form of a `tsquery` that wants all of them. Words, and characters that stand alone, match as beginnings. */
export function gramQuery(grams: readonly string[]): string {
  return grams.map((gram) => (isPair(gram) ? quoted(gram) : `${quoted(gram)}:*`)).join(' & ')
}

const isPair = (gram: string) => /^\p{Script=Han}{2}$/u.test(gram)
// Grams are letters and digits only, so that there is nothing to escape.
const quoted = (gram: string) => `'${gram}'`
