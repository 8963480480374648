import { DUTIES } from '@cluster/shared/governance/duties'
import { deedLabel, reasonLabel } from '@cluster/shared/audit/deeds'
import type { SealedRow } from '../../audit/search.ts'
import { minuteOf } from '../dates.ts'

const OBJECTS: Record<string, string> = {
  articles: '稿件', policies: '政策文件', letters: '留言', 'import-batches': '迁移批次', media: '附件', sites: '站点', columns: '栏目', layouts: '首页布置', users: '账号', audit: '审计' }

/** Rows of the log, the latest first, each with what else is known of it. */
export function AuditTable({ rows, siteNames }: { rows: readonly SealedRow[]; siteNames: ReadonlyMap<string, string> }) {
  if (rows.length === 0) return <p>没有符合条件的记录。</p>
  return (
    <div className="cluster-table-wrap">
      <table className="cluster-table">
        <caption className="cluster-visually-hidden">审计记录，最近的在前</caption>
        <thead><tr><th scope="col">操作</th><th scope="col">时间</th><th scope="col">人员</th><th scope="col">站点</th><th scope="col">结果</th><th scope="col">来源地址</th></tr></thead>
        <tbody>{rows.map((row) => (
          <tr key={row.id}>
            <td>
              {deedLabel(row.deed)}{row.collection ? ` · ${OBJECTS[row.collection] ?? row.collection}` : ''}{row.documentId === null ? '' : ` ${row.documentId}`}{row.version === null ? '' : `，第 ${row.version} 版`}
              <details className="cluster-hint"><summary>详情</summary><Details row={row} /></details>
            </td>
            <td><time dateTime={row.at}>{minuteOf(row.at)}</time></td>
            <td>{row.personName ?? '（未登录）'}<span className="cluster-hint"> {row.personEmail}</span></td>
            <td>{row.site === null ? '—' : siteNames.get(row.site) ?? row.site}</td>
            <td>{row.isRefused ? <strong className="cluster-bad">被拒绝{row.reason ? `：${reasonLabel(row.reason)}` : ''}</strong> : '完成'}</td>
            <td>{row.address ?? '—'}</td>
          </tr>))}</tbody>
      </table>
    </div>
  )
}

function Details({ row }: { row: SealedRow }) {
  const facts: Array<readonly [string, string]> = [
    ['记录编号', String(row.id)], ['准确时间', `${row.at}（UTC）`], ['职责', duties(row.duty)], ['请求编号', row.requestId ?? '—'],
    ['内容', Object.keys(row.detail as object).length === 0 ? '—' : JSON.stringify(row.detail)],
    ['封存', row.seal ? `第 ${row.seal.seq} 条，${row.seal.hash}` : '等待封存'],
  ]
  return <dl className="cluster-facts">{facts.map(([name, value]) => <div key={name}><dt>{name}</dt><dd className="cluster-difference">{value}</dd></div>)}</dl>
}

function duties(codes: string | null): string {
  if (codes === null) return '—'
  if (codes === 'operator') return '运维人员（服务器上的命令）'
  return codes.split(',').map((code) => (DUTIES as Record<string, string>)[code] ?? code).join('、')
}
