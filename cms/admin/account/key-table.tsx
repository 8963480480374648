import { KEY_OPERATIONS } from '@cluster/shared/people/api-key-scope'
import type { KeyEntry } from '../../domains/people/api-keys/store.ts'
import { dayOf, minuteOf } from '../dates.ts'
import { DeedButton } from './deed-button.tsx'

/** Keys with what they are for, and a button that ends them. */
export function KeyTable({ keys, siteNames, revokePath, withMakers = false }: {
  keys: readonly KeyEntry[]; siteNames: ReadonlyMap<number, string>; revokePath: (id: number) => string; withMakers?: boolean
}) {
  if (keys.length === 0) return <p>还没有密钥。</p>
  return (
    <div className="cluster-table-wrap">
      <table className="cluster-table">
        <thead><tr><th scope="col">用途</th>{withMakers ? <th scope="col">建立人</th> : null}<th scope="col">范围</th><th scope="col">有效期至</th><th scope="col">最近使用</th><th scope="col">状态</th></tr></thead>
        <tbody>{keys.map(({ id, name, beginning, maker, operations, siteIds, expiresAt, lastUsedAt, revokedAt, isValid }) => (
          <tr key={id}>
            <td>{name}<span className="cluster-hint"> {beginning}…</span></td>
            {withMakers ? <td>{maker}</td> : null}
            <td>{siteIds.map((site) => siteNames.get(site)).join('、')}：{operations.map((operation) => KEY_OPERATIONS[operation]).join('、')}</td>
            <td>{dayOf(expiresAt)}</td><td>{lastUsedAt ? minuteOf(lastUsedAt) : '没有用过'}</td>
            <td>{isValid ? <DeedButton path={revokePath(id)} label="停用" question="停用后不能恢复，确定吗？" /> : revokedAt ? '已停用' : '已到期'}</td>
          </tr>))}</tbody>
      </table>
    </div>
  )
}
