import { globSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { z } from 'zod'
import { LETTER_KINDS, VALIDITIES } from '@cluster/shared/publishing/kinds'
import { mandatedColumn } from '@cluster/shared/governance/mandated-columns'

/** The demo texts of one site, as its file has them: see `content/<city>/<site>.yaml`. */
const keysOf = <T extends Record<string, string>>(names: T) => z.enum(Object.keys(names) as [keyof T & string, ...(keyof T & string)[]])
const days = z.number().positive().max(4000)

const documentSchema = z.strictObject({
  column: z.string().refine((key) => mandatedColumn(key) !== undefined, 'no mandated column'),
  title: z.string().min(5).max(60),
  summary: z.string().min(10),
  keywords: z.array(z.coerce.string()).default([]),
  /** Released that many days before the seeding. */
  daysAgo: days,
  body: z.string().min(60),
  documentNumber: z.string().optional(),
  issuer: z.string().optional(),
  subject: z.enum(['机构设置', '编制管理', '事业单位', '职责配置', '监督检查', '登记管理', '综合']).optional(),
  genre: z.enum(['通知', '意见', '办法', '规定', '方案', '细则']).optional(),
  validity: keysOf(VALIDITIES).optional(),
  issuedDaysAgo: days.optional(),
  interprets: z.string().optional(),
  /** How far the text has come; absent: published. `returned` is a draft that came back with a reason. */
  waits: z.enum(['draft', 'first-review', 'second-review', 'final-review', 'returned']).optional(),
})

const siteContentSchema = z.strictObject({
  office: z.array(z.strictObject({
    name: z.string().min(2).max(4), unit: z.string().min(2),
    role: z.enum(['editor', 'first-reviewer', 'second-reviewer', 'final-reviewer']),
  })).length(4),
  address: z.string(),
  phone: z.string().regex(/^0\d{2,3}-0000\d{4}$/, 'demo numbers must not be real ones'),
  documents: z.array(documentSchema),
  letters: z.array(z.strictObject({
    kind: keysOf(LETTER_KINDS), daysAgo: days, sender: z.string(), title: z.string(), text: z.string(), answer: z.string(),
  })),
})
export type SiteContent = z.infer<typeof siteContentSchema>
export type DemoDocument = SiteContent['documents'][number]
export type DemoLetter = SiteContent['letters'][number]

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), 'content')

/** Site slug → its demo texts. @throws Error naming the file and the field that are wrong */
export function readSiteContents(): Map<string, SiteContent> {
  return new Map(globSync('*/*.yaml', { cwd: FOLDER }).sort().map((file) => {
    const parsed = siteContentSchema.safeParse(parse(readFileSync(join(FOLDER, file), 'utf8')))
    if (!parsed.success) throw new Error(`${file}: ${z.prettifyError(parsed.error)}`)
    return [basename(file, '.yaml'), parsed.data]
  }))
}
