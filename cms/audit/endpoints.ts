import type { Endpoint, PayloadRequest } from 'payload'
import { CHAIN_FAULTS } from '@cluster/shared/audit/chain'
import { z } from 'zod'
import { personOf, sitesWith, today } from '../access/granted-sites.ts'
import { siteTree } from '../access/site-tree-cache.ts'
import { EXPORT_FORMATS, exportRows } from './export-rows.ts'
import { audit, auditRefusal } from './record.ts'
import { chainEnd } from './seal.ts'
import { auditQuerySchema, type AuditScope, PAGE_SIZE, searchAudit } from './search.ts'
import { verifyAudit } from './verify.ts'

/** What the person may see of the audit log; null for everybody who is not an audit administrator. */
export async function auditScopeOf(req: PayloadRequest): Promise<AuditScope | null> {
  const sites = await sitesWith(req, ['audit-admin'])
  if (sites === 'all') return 'all'
  if (sites.length === 0) return null
  return (await siteTree(req.payload)).filter(({ id }) => sites.includes(id)).map(({ slug }) => slug)
}

/** `GET /api/audit` rows, `GET /api/audit/export` a file, `GET /api/audit/anchor` the chain's head, `POST /api/audit/check` a check of the chain. */
export const auditEndpoints: Endpoint[] = [
  {
    path: '/audit', method: 'get',
    handler: (req) => asAuditAdmin(req, 'part', async (scope) => {
      const query = auditQuerySchema.safeParse(req.query)
      if (!query.success) return refuse(400, 'invalid', sentenceAbout(query.error))
      const rows = await searchAudit(req.payload.db.pool, query.data, scope)
      return Response.json({ rows, next: rows.length === PAGE_SIZE ? rows.at(-1)!.id : null })
    }),
  },
  {
    path: '/audit/export', method: 'get',
    handler: (req) => asAuditAdmin(req, 'part', async (scope) => {
      const { format, ...asked } = req.query as Record<string, unknown>
      const query = auditQuerySchema.safeParse(asked)
      if (!query.success) return refuse(400, 'invalid', sentenceAbout(query.error))
      const kind = format === 'jsonl' ? 'jsonl' : 'csv'
      await audit(req, { deed: 'export', collection: 'audit', detail: { format: kind, filters: Object.entries(query.data).flatMap(([name, value]) => (value === undefined ? [] : [name])) } })
      return new Response(exportRows(req.payload.db.pool, query.data, scope, kind), { headers: {
        'content-type': EXPORT_FORMATS[kind], 'cache-control': 'no-store', 'content-disposition': `attachment; filename="audit-${today()}.${kind}"` } })
    }),
  },
  {
    path: '/audit/anchor', method: 'get',
    handler: (req) => asAuditAdmin(req, 'whole', async () => {
      const head = await chainEnd(req.payload.db.pool)
      await audit(req, { deed: 'export', collection: 'audit', detail: { anchor: head.seq } })
      return Response.json({ ...head, at: new Date().toISOString() }, { headers: {
        'cache-control': 'no-store', 'content-disposition': `attachment; filename="audit-anchor-${head.seq}.json"` } })
    }),
  },
  {
    path: '/audit/check', method: 'post',
    handler: (req) => asAuditAdmin(req, 'whole', async () => {
      const { fault, sealedRows, head } = await verifyAudit(req.payload.db.pool)
      await audit(req, { deed: 'check-audit', collection: 'audit', ...(fault ? { reason: fault.code } : {}), detail: { sealedRows, fault } })
      return Response.json({ isWhole: fault === null, sealedRows, head, fault: fault && { ...fault, message: CHAIN_FAULTS[fault.code] } })
    }),
  },
]

/** `whole`: for whom sees all sites; the chain runs through the rows of all. */
async function asAuditAdmin(req: PayloadRequest, reach: 'part' | 'whole', answer: (scope: AuditScope) => Promise<Response>): Promise<Response> {
  if (!personOf(req)) return refuse(401, 'sign-in-required', '请先登录。')
  const scope = await auditScopeOf(req)
  if (scope !== null && (scope === 'all' || reach === 'part')) return answer(scope)
  await auditRefusal(req, { deed: 'read-audit', collection: 'audit', reason: 'forbidden' })
  return refuse(403, 'forbidden', scope === null ? '审计记录只有审计管理员可以查看。' : '核验和导出链头需要全省范围的审计管理员。')
}

const NAMES: Record<string, string> = {
  from: '起始日期', until: '截止日期', person: '人员', site: '站点', deed: '操作', result: '结果', collection: '对象', document: '对象编号', request: '请求编号', before: '翻页' }

function sentenceAbout(error: z.ZodError): string {
  const names = [...new Set(error.issues.map(({ path }) => NAMES[String(path[0])] ?? String(path[0])))]
  return `查询条件“${names.join('、')}”不正确，请改正后再查。`
}

const refuse = (status: number, code: string, message: string) => Response.json({ errors: [{ code, message }] }, { status })
