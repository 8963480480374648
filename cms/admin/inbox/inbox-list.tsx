import { lastDayOf } from '@cluster/shared/interaction/working-days'
import { INBOX_REASONS, type Inbox, type InboxItem, type InboxReason } from '../../inbox/inbox-item.ts'
import { dayOf, minuteOf } from '../dates.ts'
import { StateBadge } from '../review/state-badge.tsx'
import { dueIn } from './due-in.ts'

/** What these are about is not where a text stands in its review. */
const WITHOUT_STATE: readonly InboxReason[] = ['metadata', 'offer', 'submission', 'corrected', 'original-withdrawn']

const ADVICE = {
  write: '可以写一篇新稿件，或到上方“稿件”查看已发布的内容。',
  wait: '有稿件送审时会出现在这里。',
  none: '上方是您可以使用的功能。',
}

/** The list of what waits, the most urgent at the top. */
export function InboxList({ inbox, now, advice }: { inbox: Inbox; now: Date; advice: keyof typeof ADVICE }) {
  if (inbox.items.length === 0) {
    return <div className="cluster-empty"><strong>{advice === 'none' ? '没有等您办理的事' : '都办完了'}</strong><p>{ADVICE[advice]}</p></div>
  }
  return (
    <div className="cluster-table-wrap">
      <table className="cluster-table">
        <caption className="cluster-visually-hidden">等我办理的事项，最急的在前</caption>
        <thead><tr><th scope="col">事项</th><th scope="col">站点</th><th scope="col">状态</th><th scope="col">谁送来的</th><th scope="col">等待自</th><th scope="col">期限</th></tr></thead>
        <tbody>{inbox.items.map((item) => <Line key={`${item.reason}-${item.collection}-${item.id}-${item.site.id}`} item={item} now={now} />)}</tbody>
      </table>
    </div>
  )
}

function Line({ item, now }: { item: InboxItem; now: Date }) {
  const due = item.dueAt ? dueIn(item.dueAt, now) : null
  return (
    <tr>
      <td>
        <span className="cluster-reason">{INBOX_REASONS[item.reason]} · {item.kind}</span>
        <a href={item.href}>{item.title}</a>
        {item.note ? <span className="cluster-quote">“{item.note}”</span> : null}
      </td>
      <td>{item.site.name}</td>
      <td>{WITHOUT_STATE.includes(item.reason) ? '—' : <StateBadge state={item.state} />}</td>
      <td>{item.from ? <>{item.from.name}<span className="cluster-hint"> {item.from.unit}</span></> : '—'}</td>
      <td>{item.since ? <time dateTime={item.since} title={minuteOf(item.since)}>{dayOf(item.since)}</time> : '—'}</td>
      <td>{item.dueAt && due ? <><time dateTime={item.dueAt}>{lastDayOf(item.dueAt)}</time><span className={`cluster-due cluster-due--${due.tone}`}>{due.words}</span></> : '—'}</td>
    </tr>
  )
}
