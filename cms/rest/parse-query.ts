import { parse } from 'qs-esm'
import { z } from 'zod'
import { type Issue, refusal } from '@cluster/shared/issue'
import { RequestRefused } from './request-refused.ts'
import { isText } from './safe-json.ts'

/** The admin asks for a hundred at most; whoever wants all of them turns pages. */
export const LIST_LIMIT = 200
/** A document, what it points to, and what that points to. */
export const DEPTH_LIMIT = 2
/** A filter of the admin with forty chosen documents is some four thousand characters. */
const QUERY_LIMIT = 16_000
const CONDITION_LIMIT = 60
const NESTING_LIMIT = 6
const VALUE_LIMIT = 500

/** What our fields can be asked by; Payload also knows places on a map, and we have none. */
const OPERATORS = [
  'equals', 'not_equals', 'contains', 'in', 'not_in', 'all', 'exists', 'greater_than', 'greater_than_equal', 'less_than', 'less_than_equal', 'like', 'not_like',
] as const
const FIELD_PATH = /^[A-Za-z]\w{0,60}(?:\.\w{1,60}){0,5}$/

const value = z.string().max(VALUE_LIMIT)
const constraint = z.partialRecord(z.enum(OPERATORS), z.union([value, z.array(value).max(LIST_LIMIT)]))
const whole = (least: number, most: number) => z.string().regex(/^\d{1,9}$/).refine((text) => Number(text) >= least && Number(text) <= most)
const sort = z.string().max(VALUE_LIMIT).regex(/^-?[A-Za-z][\w.]*(?:,-?[A-Za-z][\w.]*){0,4}$/)
const flag = z.enum(['true', 'false', '1', '0', 'null', ''])

type Rule = { schema: z.ZodType; hint: string }
const RULES: Record<string, Rule> = {
  limit: { schema: whole(1, LIST_LIMIT), hint: `1 到 ${LIST_LIMIT} 的整数` },
  depth: { schema: whole(0, DEPTH_LIMIT), hint: `0 到 ${DEPTH_LIMIT} 的整数` },
  page: { schema: whole(1, 1_000_000), hint: '从 1 开始的页码' },
  sort: { schema: z.union([sort, z.array(sort).max(5)]), hint: '字段名，倒序在前面加短横线' },
  select: { schema: z.unknown().refine(isChoice), hint: '字段名与 true 或 false' },
  populate: { schema: z.unknown().refine(isChoice), hint: '字段名与 true 或 false' },
  ...Object.fromEntries(['pagination', 'draft', 'trash', 'autosave', 'overrideLock', 'flattenLocales', 'allSessions'].map(
    (name) => [name, { schema: flag, hint: 'true 或 false' }])),
}
/** Parameters by which Payload would take a document from the address itself. */
const REFUSED = ['data', 'joins']

/**
 * Checks the parameters of an address before anything works on them. A bulk change names its documents, and may say `limit=0` for all of these.
 * @throws RequestRefused with every parameter that cannot be used, and what it should have been
 */
export function checkQuery(search: string, method: string): void {
  if (search === '' || search === '?') return
  if (search.length > QUERY_LIMIT) throw new RequestRefused(414, [refusal('query-too-long', '查询条件太长，没有处理。请减少条件后再试。')])
  const readable = decoded(search)
  if (readable === null || !isText(readable)) throw new RequestRefused(400, [refusal('bad-parameter', '网址里有无法识别的字符，没有处理。')])
  // As Payload reads it; what it would fold away or cut off is refused below.
  const query: Record<string, unknown> = parse(search, { allowEmptyArrays: true, arrayLimit: 1000, depth: 10, ignoreQueryPrefix: true })
  const issues = Object.entries(query).flatMap(([name, given]) => issueOf(name, given, method))
  if (query.pagination !== undefined && query.pagination !== 'true' && query.limit === undefined) {
    issues.push(refusal('bad-parameter', `不分页时须给出 limit（${RULES.limit!.hint}）。`, 'limit'))
  }
  if (issues.length > 0) throw new RequestRefused(400, issues)
}

function issueOf(name: string, given: unknown, method: string): Issue[] {
  if (name === 'where') return isWhere(given) ? [] : [refusal('bad-parameter', '查询条件 where 的写法不对，没有处理。请在列表里重新选择条件。', 'where')]
  if (REFUSED.includes(name)) return [refusal('bad-parameter', `不接受参数 ${name}。`, name)]
  if (name === 'limit' && given === '0' && method !== 'GET') return []
  const rule = RULES[name]
  if (!rule || rule.schema.safeParse(given).success) return []
  return [refusal('bad-parameter', `参数 ${name} 的值不可用，应为${rule.hint}。`, name)]
}

/** `+` stands for a space in queries alone, and nothing here depends on it. */
function decoded(search: string): string | null {
  try {
    return decodeURIComponent(search)
  } catch {
    return null
  }
}

/** Conditions on named fields with known operators, joined by `and` and `or`. */
function isWhere(given: unknown): boolean {
  let conditions = 0
  const check = (node: unknown, nesting: number): boolean => {
    if (typeof node !== 'object' || node === null || Array.isArray(node) || nesting > NESTING_LIMIT) return false
    return Object.entries(node).every(([name, inner]) => {
      conditions += 1
      if (conditions > CONDITION_LIMIT) return false
      if (['and', 'or'].includes(name.toLowerCase())) return listOf(inner)?.every((each) => check(each, nesting + 1)) ?? false
      return FIELD_PATH.test(name) && !name.includes('__') && constraint.safeParse(inner).success
    })
  }
  // The admin asks with an empty condition for everything.
  return given === '' || check(given, 0)
}

/** A list, also in the form `{ 0: …, 1: … }` that long ones arrive in. */
function listOf(inner: unknown): unknown[] | null {
  if (Array.isArray(inner)) return inner
  return inner === '' ? [] : null
}

/** Which fields to answer: names with yes or no, nested like the document. */
function isChoice(given: unknown, nesting = 0): boolean {
  if (typeof given === 'string') return nesting > 0 && ['true', 'false', '1', '0'].includes(given)
  if (typeof given !== 'object' || given === null || Array.isArray(given) || nesting > NESTING_LIMIT) return false
  return Object.entries(given).every(([name, inner]) => /^[\w-]{1,60}$/.test(name) && !['__proto__', 'constructor', 'prototype'].includes(name) && isChoice(inner, nesting + 1))
}
