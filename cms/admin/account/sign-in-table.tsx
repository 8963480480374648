import { FACTORS, SIGN_IN_REASONS, type SignInEntry } from '../../domains/people/sign-in/history.ts'
import { minuteOf } from '../dates.ts'

type Entry = SignInEntry & { name?: string | null; email?: string | null }

/** Sign-ins, the latest first; with names where they are of several people. */
export function SignInTable({ signIns, withNames = false }: { signIns: readonly Entry[]; withNames?: boolean }) {
  if (signIns.length === 0) return <p>没有记录。</p>
  return (
    <div className="cluster-table-wrap">
      <table className="cluster-table">
        <thead><tr><th scope="col">时间</th>{withNames ? <th scope="col">账号</th> : null}<th scope="col">结果</th><th scope="col">设备</th><th scope="col">地址</th></tr></thead>
        <tbody>{signIns.map(({ id, at, isRefused, reason, secondFactor, device, address, name, email }) => (
          <tr key={id}>
            <td><time dateTime={at}>{minuteOf(at)}</time></td>
            {withNames ? <td>{name ? <>{name}<span className="cluster-hint"> {email}</span></> : '（不存在的账号）'}</td> : null}
            <td>{isRefused ? <strong className="cluster-bad">失败：{wordsFor(SIGN_IN_REASONS, reason)}</strong> : `成功${secondFactor ? `（密码和${wordsFor(FACTORS, secondFactor)}）` : '（密码）'}`}</td>
            <td>{device ?? '—'}</td><td>{address ?? '—'}</td>
          </tr>))}</tbody>
      </table>
    </div>
  )
}

const wordsFor = (words: Record<string, string>, code: string | null) => (code ? words[code] ?? code : '—')
