import type { SessionEntry } from '../../domains/people/sessions/list-sessions.ts'
import { minuteOf } from '../dates.ts'
import { DeedButton } from './deed-button.tsx'

/** Sessions that are open, each with a button that ends it. */
export function SessionTable({ sessions, endPath }: { sessions: readonly SessionEntry[]; endPath?: (id: string) => string }) {
  return (
    <div className="cluster-table-wrap">
      <table className="cluster-table">
        <thead><tr><th scope="col">设备</th><th scope="col">地址</th><th scope="col">登录时间</th><th scope="col">最近使用</th>{endPath ? <th scope="col">操作</th> : null}</tr></thead>
        <tbody>{sessions.map(({ id, device, address, openedAt, lastSeenAt, isThis }) => (
          <tr key={id}>
            <td>{device ?? '未知设备'}</td><td>{address ?? '—'}</td>
            <td><time dateTime={openedAt}>{minuteOf(openedAt)}</time></td><td><time dateTime={lastSeenAt}>{minuteOf(lastSeenAt)}</time></td>
            {endPath ? <td>{isThis ? '就是这里' : <DeedButton path={endPath(id)} label="结束" />}</td> : null}
          </tr>))}</tbody>
      </table>
    </div>
  )
}
