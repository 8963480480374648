import type { LoadedDocument } from './loaded-documents.ts'
import { pickEvenly } from './pick-evenly.ts'

/** People type the beginning of a name, rarely all of it. */
const LONGEST_TITLE = 24
/** Portions of the queries; words and pairs of words out of titles are the rest. */
const TITLES = 0.3
const NUMBERS = 0.2

/**
 * `count` different queries such as readers type, made from the documents themselves and the same at every run:
 * titles, words, pairs of words, document numbers. Fewer where the documents do not give that many.
 */
export function makeQueries(
  documents: readonly Pick<LoadedDocument, 'title' | 'documentNumber'>[],
  count: number,
): string[] {
  const titles = unique(documents.map(({ title }) => title.slice(0, LONGEST_TITLE)))
  const numbers = unique(documents.flatMap(({ documentNumber }) => documentNumber ?? []))
  const chosen = unique([
    ...pickEvenly(titles, Math.floor(count * TITLES)),
    ...pickEvenly(numbers, Math.floor(count * NUMBERS)),
  ])
  const words = titles.map(wordsOf)
  const fromWords = unique([
    ...words.flat(),
    ...words.flatMap((list) => (list.length > 1 ? [`${list[0]} ${list.at(-1)}`] : [])),
  ]).filter((query) => !chosen.includes(query))
  return [...chosen, ...pickEvenly(fromWords, count - chosen.length)]
}

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' })

/** Words of two characters and more: single ones are mostly particles. */
function wordsOf(title: string): string[] {
  return [...segmenter.segment(title)].flatMap(({ segment, isWordLike }) =>
    isWordLike && [...segment].length > 1 ? [segment] : [],
  )
}

const unique = (queries: readonly string[]) => [...new Set(queries)]
