import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { z } from 'zod'
import { JIANGSU_SITES, type SiteFact } from '@cluster/shared/governance/site-tree'
import { reasonOf } from './folders.ts'
import { Refusal } from './refusal.ts'
import { siteListSchema } from './site-list.ts'

const administratorSchema = z.object({ name: z.string().trim().min(1), email: z.email(), unit: z.string().trim().min(1) })
type Administrator = z.output<typeof administratorSchema>

/** The three first administrators, who keep one another in check, and the variable that names each. */
const FIRST_DUTIES = [
  { duty: 'province-admin', label: '省级管理员', variable: 'SETUP_PROVINCE_ADMIN' },
  { duty: 'security-admin', label: '安全管理员', variable: 'SETUP_SECURITY_ADMIN' },
  { duty: 'audit-admin', label: '审计管理员', variable: 'SETUP_AUDIT_ADMIN' },
] as const
type FirstDuty = typeof FIRST_DUTIES[number]['duty']

const fileSchema = z.object({
  sites: siteListSchema.optional(),
  administrators: z.array(administratorSchema.extend({ duty: z.enum(FIRST_DUTIES.map(({ duty }) => duty)) })).optional(),
})

export type SetupAnswers = {
  sites: readonly SiteFact[]
  administrators: Array<Administrator & { duty: FirstDuty }>
}

/**
 * What a new production cluster is made of: from a file (`{ sites?, administrators }`), from the environment
 * (SETUP_DIVISIONS: a file; SETUP_…_ADMIN: `姓名,邮箱,单位`), or asked on the terminal, in this order.
 * Throws `Refusal` naming what is missing or cannot be used.
 */
export async function collectSetupAnswers(
  { file, given }: { file: string | undefined, given: Record<string, string | undefined> },
): Promise<SetupAnswers> {
  const fromFile = file ? readAnswers(file, fileSchema) : {}
  const asker = process.stdin.isTTY ? createInterface({ input: process.stdin, output: process.stdout }) : null
  try {
    const sites = fromFile.sites ?? await collectSites(given, asker)
    const administrators = []
    for (const { duty, label, variable } of FIRST_DUTIES) {
      const known = fromFile.administrators?.find((one) => one.duty === duty) ?? parseTriple(given[variable], variable)
      if (!known && !asker) {
        throw new Refusal(`缺少${label}。请在 --from 指定的文件里写明，或设置 ${variable}=姓名,邮箱,单位。`)
      }
      administrators.push({ ...(known ?? await askAdministrator(asker!, label)), duty })
    }
    const emails = new Set(administrators.map(({ email }) => email.toLowerCase()))
    if (emails.size < administrators.length) {
      throw new Refusal('三位管理员必须是不同的人：省级、安全、审计互相监督，不能由一人兼任。请使用三个不同的邮箱。')
    }
    return { sites, administrators }
  } finally {
    asker?.close()
  }
}

type Asker = ReturnType<typeof createInterface>

async function collectSites(given: Record<string, string | undefined>, asker: Asker | null): Promise<readonly SiteFact[]> {
  if (given.SETUP_DIVISIONS) return readAnswers(given.SETUP_DIVISIONS, siteListSchema)
  if (!asker) return JIANGSU_SITES
  const answer = (await asker.question(
    `省份及区划：直接回车为江苏省（内置 ${JIANGSU_SITES.length} 个站点）；其他省份请输入区划文件（JSON）的路径：`,
  )).trim()
  return answer ? readAnswers(answer, siteListSchema) : JIANGSU_SITES
}

async function askAdministrator(asker: Asker, label: string): Promise<Administrator> {
  for (;;) {
    const answers = {
      name: await asker.question(`${label}的姓名：`),
      email: (await asker.question(`${label}的邮箱（登录用）：`)).trim(),
      unit: await asker.question(`${label}的单位：`),
    }
    const parsed = administratorSchema.safeParse(answers)
    if (parsed.success) return parsed.data
    console.log('姓名、单位不能为空，邮箱要完整，例如 zhang@example.gov.cn。请重新填写。')
  }
}

function parseTriple(value: string | undefined, variable: string): Administrator | null {
  if (!value) return null
  const [name, email, unit] = value.split(/[,，]/).map((part) => part.trim())
  const parsed = administratorSchema.safeParse({ name, email, unit })
  if (!parsed.success) throw new Refusal(`${variable} 应写成“姓名,邮箱,单位”，例如 许文远,xu@example.gov.cn,综合处。`)
  return parsed.data
}

function readAnswers<T>(file: string, schema: z.ZodType<T>): T {
  let content: unknown
  try {
    content = JSON.parse(readFileSync(resolve(file), 'utf8'))
  } catch (error) {
    throw new Refusal(`文件 ${file} 无法读取（${reasonOf(error)}）。请检查路径，内容应为 UTF-8 编码的 JSON。`)
  }
  const parsed = schema.safeParse(content)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new Refusal(`文件 ${file} 的 ${issue?.path.join('.') || '内容'} 不可用：${issue?.message}。`)
}
