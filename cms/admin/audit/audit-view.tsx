import { redirect } from 'next/navigation.js'
import type { AdminViewServerProps } from 'payload'
import { query as ask, sql } from '../../database/query.ts'
import { auditScopeOf } from '../../audit/endpoints.ts'
import { auditQuerySchema, PAGE_SIZE, searchAudit } from '../../audit/search.ts'
import { readState } from '../../operator/read-state.ts'
import { OwnView } from '../own-view.tsx'
import { AuditFilter } from './audit-filter.tsx'
import { AuditTable } from './audit-table.tsx'
import { ChainState } from './chain-state.tsx'

/** The audit administrator's page: who did what, and whether the records are whole. */
export async function AuditView(view: AdminViewServerProps) {
  const { initPageResult: { req }, searchParams } = view
  const scope = await auditScopeOf(req)
  if (scope === null) redirect('/admin')
  const asked = auditQuerySchema.safeParse(searchParams ?? {})
  const filter = asked.success ? asked.data : {}
  const { pool } = req.payload.db
  const [rows, state, allSites] = await Promise.all([
    searchAudit(pool, filter, scope), scope === 'all' ? readState(pool) : null, ask<{ slug: string; name: string }>(req, sql`select slug, name from sites order by path`)])
  const sites = allSites.filter(({ slug }) => scope === 'all' || scope.includes(slug))
  const given = Object.entries(filter).flatMap(([name, value]): Array<[string, string]> => (value === undefined || name === 'before' ? [] : [[name, String(value)]]))
  const older = rows.length === PAGE_SIZE ? new URLSearchParams([...given, ['before', String(rows.at(-1)!.id)]]) : null
  const query = new URLSearchParams(given)
  return (
    <OwnView view={view} title="审计">
      <p className="cluster-hint">登录、修改、被拒绝的操作、职责变动、查看个人信息和导出都有记录。任何人不能修改或删除记录；查看本页内容请注意保密。</p>
      {state ? <ChainState state={state} /> : null}
      <section aria-labelledby="cluster-audit-rows">
        <h2 id="cluster-audit-rows">记录</h2>
        {asked.success ? null : <p className="cluster-bad">有的查询条件不正确，下面是全部记录。请核对日期和编号。</p>}
        <AuditFilter filter={filter} sites={sites} />
        <p className="cluster-row">
          <a href={`/api/audit/export?${new URLSearchParams([...query, ['format', 'csv']]).toString()}`} download>导出查询结果（CSV，可用 Excel 打开）</a>
          <a href={`/api/audit/export?${new URLSearchParams([...query, ['format', 'jsonl']]).toString()}`} download>导出查询结果（JSONL，含封存值）</a>
        </p>
        <AuditTable rows={rows} siteNames={new Map(allSites.map(({ slug, name }) => [slug, name]))} />
        {older ? <p><a href={`/admin/audit?${older.toString()}`}>更早的记录</a></p> : null}
      </section>
    </OwnView>
  )
}
