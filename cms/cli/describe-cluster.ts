import { z } from 'zod'
import { DUTIES } from '@cluster/shared/governance/duties'
import { JIANGSU_SITES } from '@cluster/shared/governance/site-tree'
import type { DataFolders } from './folders.ts'
import { readJson } from './read-json.ts'

/** Whose demo accounts the table names: the province's administrators and one office; the file holds them all. */
const SHOWN_SITES = ['jiangsu', 'suzhou-kunshan']

const accountsSchema = z.array(z.object({
  email: z.string(), password: z.string(), name: z.string(), duty: z.string(), site: z.string(),
  totpSecret: z.string().optional(),
}))

/** The closing words of a start: where everything is, and who may sign in. */
export function describeCluster(
  { folders, env, isDemo }: { folders: DataFolders, env: Record<string, string>, isDemo: boolean },
): string {
  const origin = (slug: string) => (env.PORTAL_ORIGIN ?? '').replace('{slug}', slug)
  const addresses = [
    ['省级门户', `${origin('jiangsu')}/`],
    ['地方门户', `${origin('suzhou-kunshan')}/（把 suzhou-kunshan 换成别的站点标识）`],
    ['全部站点', `${origin('jiangsu')}/sites/`],
    ['管理后台', `${env.CMS_ORIGIN || `http://localhost:${env.CMS_PORT}`}/admin`],
    ['数据目录', folders.root],
  ]
  const lines = ['', ...table(addresses)]
  const accounts = isDemo ? readJson(folders.demoAccounts, accountsSchema) ?? [] : []
  if (accounts.length > 0) {
    const shown = accounts.filter((account) => SHOWN_SITES.includes(account.site))
    const rows = shown.map((account) => [
      account.name, dutyLabel(account.duty), siteLabel(account.site), account.email, account.password,
    ])
    lines.push('', '演示账号（密码仅用于本机演示）', ...table([['姓名', '职责', '站点', '邮箱', '密码'], ...rows]))
    lines.push(`  全部 ${accounts.length} 个账号见 ${folders.demoAccounts}`)
  }
  return lines.join('\n')
}

function dutyLabel(duty: string): string {
  return Object.entries(DUTIES).find(([code]) => code === duty)?.[1] ?? duty
}

function siteLabel(slug: string): string {
  return JIANGSU_SITES.find((site) => site.slug === slug)?.division ?? slug
}

/** Rows as aligned lines, for a terminal. */
export function table(rows: string[][]): string[] {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => displayWidth(row[column] ?? '')))) ?? []
  return rows.map((row) => `  ${row.map((cell, column) =>
    cell + ' '.repeat((widths[column] ?? 0) - displayWidth(cell))).join('  ').trimEnd()}`)
}

/** Columns on a terminal: a Chinese character takes two. */
function displayWidth(text: string): number {
  return [...text].reduce((width, character) => width + (character.charCodeAt(0) > 0x2e7f ? 2 : 1), 0)
}
