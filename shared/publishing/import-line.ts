import { z } from 'zod'
import { type Issue, refusal } from '../issue.ts'
import { TITLE_LIMIT } from './completeness.ts'

/** Limits of the collection's own fields: a longer value is a wrong column in the file, not a long name. */
const LIMITS = {
  id: 100,
  docNumber: 60,
  issuer: 120,
  category: 40,
  region: 40,
  historyLine: 1000,
  history: 200,
} as const

/** Names of the file's fields as a clerk reads them. */
const FIELD_LABELS: Record<string, string> = {
  id: '编号（id）',
  title: '标题（title）',
  docNumber: '发文字号（docNumber）',
  date: '成文日期（date）',
  effectiveDate: '施行日期（effectiveDate）',
  issuer: '发文机关（issuer）',
  category: '类别（category）',
  region: '地区（region）',
  history: '沿革（history）',
  body: '正文（body）',
}

const blankIsAbsent = (value: unknown) =>
  value === null || (typeof value === 'string' && value.trim() === '') ? undefined : value
const optional = <Schema extends z.ZodType>(schema: Schema) => z.preprocess(blankIsAbsent, schema.optional())
const words = (limit: number) => z.string('应为文字').trim().max(limit, `超过 ${limit} 字`)
/** Typists leave digits in full width, ２０１３-01-01; everything else about a date is taken literally. */
const calendarDate = z
  .string('应为 YYYY-MM-DD 形式的文字')
  .transform((text) => text.normalize('NFKC').trim())
  .pipe(z.string().regex(/^\d{4}-\d{2}-\d{2}$/, { error: '应为 YYYY-MM-DD 形式，例如 2021-03-01', abort: true }))
  .pipe(z.iso.date('不是真实存在的日期'))

const schema = z.object({
  id: z.preprocess(
    (value) => (typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value),
    z.string('缺少，应为文字').trim().min(1, '为空').max(LIMITS.id, `超过 ${LIMITS.id} 字`),
  ),
  title: z
    .string('缺少，应为文字')
    .transform((title) => title.replace(/\s+/g, ' ').trim())
    .pipe(z.string().min(1, '为空').max(TITLE_LIMIT, `超过 ${TITLE_LIMIT} 字`)),
  docNumber: optional(words(LIMITS.docNumber)),
  date: optional(calendarDate),
  effectiveDate: optional(calendarDate),
  issuer: optional(words(LIMITS.issuer)),
  category: optional(words(LIMITS.category)),
  region: optional(words(LIMITS.region)),
  history: z
    .array(words(LIMITS.historyLine), '应为文字的列表')
    .max(LIMITS.history, `超过 ${LIMITS.history} 条`)
    .nullish()
    .transform((lines) => (lines ?? []).filter((line) => line !== '')),
  body: z.string('缺少，应为 Markdown 文字'),
})

/** One document of an import file, checked: blank values are absent, texts are trimmed. */
export type ImportLine = z.output<typeof schema>
export type ParsedLine = { line: ImportLine } | { id: string | undefined; issues: Issue[] }

/**
 * Reads one line of an import file.
 * @returns the document, or every reason why it cannot be taken, with its id where that could be read
 */
export function parseImportLine(text: string): ParsedLine {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return {
      id: undefined,
      issues: [refusal('malformed-json', '这一行不是完整的 JSON，可能被截断、缺少引号或多了逗号。')],
    }
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return {
      id: undefined,
      issues: [refusal('not-an-object', '这一行应是一份文件（花括号括起的各项），不是列表或单个值。')],
    }
  }
  const parsed = schema.safeParse(value)
  if (!parsed.success) return { id: idOf(value), issues: parsed.error.issues.map(issueOf) }
  // Text that was decoded strictly has such characters only where JSON spells them out.
  const unusable = text.includes('\\u') ? unusableField(parsed.data) : undefined
  if (unusable) {
    return {
      id: parsed.data.id,
      issues: [
        refusal(
          'unusable-character',
          `${FIELD_LABELS[unusable]}含有无法保存的字符（空字符或残缺的字），请修正源文件。`,
          unusable,
        ),
      ],
    }
  }
  return { line: parsed.data }
}

function idOf(value: object): string | undefined {
  const id: unknown = 'id' in value ? value.id : undefined
  return typeof id === 'string' || typeof id === 'number' ? String(id).slice(0, LIMITS.id) : undefined
}

function issueOf(issue: z.core.$ZodIssue): Issue {
  const [field, index] = issue.path.map(String)
  const place = index === undefined ? '' : `第 ${Number(index) + 1} 条`
  return refusal(
    `invalid-${field}`,
    `${FIELD_LABELS[field ?? ''] ?? '内容'}${place}${issue.message}。`,
    issue.path.join('.'),
  )
}

/** JSON can spell what no database keeps: the character U+0000, and halves of characters outside the basic plane. */
function unusableField(line: ImportLine): string | undefined {
  const isUsable = (value: string) => !value.includes('\0') && !/\p{Surrogate}/u.test(value)
  return Object.entries(line).find(([, value]) =>
    Array.isArray(value) ? !value.every(isUsable) : value !== undefined && !isUsable(value),
  )?.[0]
}
