import type { Highlight } from '@cluster/shared/delivery/search'
import { askedGrams } from './grams.ts'

/** About three lines of a list of hits. */
const SNIPPET = 110
/** A little of what leads up to the match. */
const LEAD = 16
/** A long text says a common word thousands of times; the best place is among the first. */
const MATCHES = 3_000

export type Marker = RegExp | null

/** Makes what finds a question's words in a text; `null` when the question has none. */
export function markerOf(question: string): Marker {
  const runs = question.match(/\p{Script=Han}{2,}/gu) ?? []
  const words = [...new Set([...runs, ...askedGrams(question)])].sort((one, other) => other.length - one.length)
  // Grams and runs are letters and digits only: nothing in them means anything to a regular expression.
  return words.length > 0 ? new RegExp(words.join('|'), 'giu') : null
}

/** A short text in full, with the words that matched apart. */
export function highlight(text: string, marker: Marker): Highlight {
  return partsOf(text, 0, text.length, matchesIn(text, marker))
}

/** The passage of a text in which most of what was asked stands together; its beginning when nothing does. */
export function snippet(text: string, marker: Marker): Highlight {
  const plain = text.replace(/\s+/g, ' ').trim()
  const matches = matchesIn(plain, marker)
  const start = Math.max(0, bestStart(plain, matches) - LEAD)
  const end = Math.min(plain.length, start + SNIPPET)
  const parts = partsOf(plain, start, end, matches)
  if (start > 0) parts.unshift({ text: '…', isMatch: false })
  if (end < plain.length) parts.push({ text: '…', isMatch: false })
  return joined(parts)
}

/** True where a passage shows at least one of the words. */
export const hasMatch = (parts: Highlight) => parts.some(({ isMatch }) => isMatch)

type Span = { from: number; to: number }

function matchesIn(text: string, marker: Marker): Span[] {
  if (!marker) return []
  const spans: Span[] = []
  for (const match of text.matchAll(marker)) {
    spans.push({ from: match.index, to: match.index + match[0].length })
    if (spans.length === MATCHES) break
  }
  return spans
}

/** Where the window begins that holds the most different characters of what was asked; the earliest of the best. */
function bestStart(text: string, matches: readonly Span[]): number {
  let best = { start: 0, score: 0 }
  let right = 0
  const held = new Map<string, number>()
  let score = 0
  matches.forEach(({ from, to }) => {
    for (let next = matches[right]; next && next.to <= from + SNIPPET - LEAD; next = matches[right += 1]) {
      const word = text.slice(next.from, next.to)
      const count = held.get(word) ?? 0
      if (count === 0) score += word.length ** 2
      held.set(word, count + 1)
    }
    if (score > best.score) best = { start: from, score }
    const leaving = text.slice(from, to)
    const count = held.get(leaving) ?? 0
    if (count === 1) score -= leaving.length ** 2
    if (count > 0) held.set(leaving, count - 1)
  })
  return best.start
}

function partsOf(text: string, start: number, end: number, matches: readonly Span[]): Highlight {
  const parts: Highlight = []
  let at = start
  for (const { from, to } of matches) {
    if (to <= start || from >= end) continue
    const [left, right] = [Math.max(from, start), Math.min(to, end)]
    if (left > at) parts.push({ text: text.slice(at, left), isMatch: false })
    parts.push({ text: text.slice(left, right), isMatch: true })
    at = right
  }
  if (at < end) parts.push({ text: text.slice(at, end), isMatch: false })
  return joined(parts)
}

/** Neighbours of one kind as one part. */
function joined(parts: Highlight): Highlight {
  return parts.reduce<Highlight>((list, part) => {
    const last = list.at(-1)
    if (last && last.isMatch === part.isMatch) last.text += part.text
    else list.push({ ...part })
    return list
  }, [])
}
