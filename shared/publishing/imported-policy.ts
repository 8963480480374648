import type { ImportLine } from './import-line.ts'
import type { GENRES, SUBJECTS, Validity } from './kinds.ts'
import { titleKey } from './title-key.ts'

type Subject = (typeof SUBJECTS)[number]
type Genre = (typeof GENRES)[number]

/** What an import line says of a policy document, in the collection's own terms. */
export type ImportedPolicy = {
  sourceId: string
  title: string
  documentNumber: string | null
  issuer: string | null
  subject: Subject
  genre: Genre
  validity: Validity
  /** `YYYY-MM-DD`: the document's own dates. */
  issuedOn: string | null
  effectiveOn: string | null
  applicability: string | null
  history: string[]
}

/** How collections of statutes divide them; all of these are law in the wide sense. */
const STATUTES = new Set([
  '宪法',
  '宪法相关法',
  '民法典',
  '民法商法',
  '行政法',
  '经济法',
  '社会法',
  '刑法',
  '诉讼与非诉讼程序法',
  '行政法规',
  '地方法规',
  '地方性法规',
  '部门规章',
  '司法解释',
  '监察法规',
])
const LAWS = new Set([
  '宪法',
  '宪法相关法',
  '民法典',
  '民法商法',
  '行政法',
  '经济法',
  '社会法',
  '刑法',
  '诉讼与非诉讼程序法',
])
const GENRE_ENDINGS: ReadonlyArray<readonly [RegExp, Genre]> = [
  [/细则$/, '细则'],
  [/条例$/, '条例'],
  [/(?:办法)$/, '办法'],
  [/(?:规定|规则)$/, '规定'],
  [/决定$/, '决定'],
  [/解释$/, '解释'],
  [/(?:通知|通告)$/, '通知'],
  [/意见$/, '意见'],
  [/方案$/, '方案'],
  [/法$/, '法律'],
]

/** 主题分类 of an imported document. */
export function subjectOf(category: string | undefined): Subject {
  return category !== undefined && STATUTES.has(category) ? '法律法规' : '综合'
}

/**
 * 体裁: what the title calls itself, before what the collection files it under. A local statute is never 法律, whatever it
 * is called.
 */
export function genreOf(title: string, category: string | undefined): Genre {
  const name = title
    .normalize('NFKC')
    .replace(/(?:\([^()]*\))+$/, '')
    .trim()
  const genre = GENRE_ENDINGS.find(([ending]) => ending.test(name))?.[1]
  if (genre && genre !== '法律') return genre
  if (category !== undefined && LAWS.has(category)) return '法律'
  return category === '司法解释' ? '解释' : '其他'
}

/** Where the text applies when that is not simply the site's own division. */
export function applicabilityOf(region: string | undefined, division: string): string | null {
  return region === undefined || region === '全国' || division.startsWith(region) ? null : region
}

export function importedPolicy(
  line: ImportLine,
  { division, isAmended }: { division: string; isAmended: boolean },
): ImportedPolicy {
  return {
    sourceId: line.id,
    title: line.title,
    documentNumber: line.docNumber ?? null,
    issuer: line.issuer ?? null,
    subject: subjectOf(line.category),
    genre: genreOf(line.title, line.category),
    // The file says nothing about validity, and nobody guesses whether a statute is in force.
    validity: isAmended ? 'amended' : 'unknown',
    issuedOn: line.date ?? null,
    effectiveOn: line.effectiveDate ?? null,
    applicability: applicabilityOf(line.region, division),
    history: line.history,
  }
}

/** One version of a statute, as far as later ones can tell about earlier ones. Dates `YYYY-MM-DD`. */
export type StatuteVersion = { date: string; lastAmendedOn: string | null }

/** Versions of one statute share this. The same title in two provinces is two statutes. */
export function statuteKey({ title, region }: Pick<ImportLine, 'title' | 'region'>): string {
  return `${region ?? ''}\n${titleKey(title)}`
}

/** What the line tells about itself as a version; null without a date, for it cannot be placed. */
export function statuteVersion({ date, history }: Pick<ImportLine, 'date' | 'history'>): StatuteVersion | null {
  if (date === undefined) return null
  const amendments = history.filter((line) => /修正|修订|修改/.test(line)).flatMap((line) => dateOf(line) ?? [])
  return { date, lastAmendedOn: amendments.toSorted().at(-1) ?? null }
}

/**
 * True when a later version in the same file records an amendment made after this version's date. A later version alone
 * proves nothing: collections hold one text twice under two dates.
 */
export function isAmendedSince({ date }: Pick<ImportLine, 'date'>, versions: readonly StatuteVersion[]): boolean {
  return (
    date !== undefined &&
    versions.some((other) => other.date > date && other.lastAmendedOn !== null && other.lastAmendedOn > date)
  )
}

/** The first date of a line is when it happened: `2020年5月14日 …修正`. */
function dateOf(line: string): string | null {
  const found = /(\d{4})年(\d{1,2})月(\d{1,2})日/.exec(line.normalize('NFKC'))
  return found ? `${found[1]}-${found[2]!.padStart(2, '0')}-${found[3]!.padStart(2, '0')}` : null
}
