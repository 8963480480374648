import { DUTIES, type Duty } from '@cluster/shared/governance/duties'
import { STATES, type State } from '@cluster/shared/publishing/states'
import type { ChangePage } from '../../domains/governance/site-lifecycle/describe.ts'

const nameOfState = (state: string) => STATES[state as State] ?? state
const nameOfDuty = (duty: string) => DUTIES[duty as Duty] ?? duty

/** What there is on the site, counted now; before it is built, what was written down of it. */
export function CheckList({ page: { change, counts } }: { page: ChangePage }) {
  const { opening, closing } = change.facts
  const figures = counts && change.kind !== 'open' ? [
    ['审核中', counts.inReview], ['定时发布', counts.scheduled], ['待补审', counts.laterReviews], ['未答复的留言', counts.openLetters],
    ['别处转来的内容', counts.placed], ['待处理的推送', counts.offers], ['在别处展示的稿件', counts.elsewhere], ['有职责的人员', counts.people.length],
  ] as const : []
  return (
    <>
      {opening ? <p>{opening.division}（{opening.divisionCode}），网址标识 {opening.slug}，模板 {opening.release}。首位站点管理员：{opening.administrator.name}（{opening.administrator.unit}），{opening.administrator.email}。</p> : null}
      {closing ? <p>由{closing.office}接续，开放到 {closing.until}。</p> : null}
      {figures.length > 0 ? <ul className="cluster-figures">{figures.map(([label, count]) => <li key={label}><b>{count}</b><span>{label}</span></li>)}</ul> : null}
      {counts && counts.documents.length > 0 ? (
        <div className="cluster-table-wrap">
          <table className="cluster-table">
            <thead><tr><th scope="col">栏目</th><th scope="col">状态</th><th scope="col">篇数</th></tr></thead>
            <tbody>{counts.documents.map(({ column, state, count }) => <tr key={`${column}${state}`}><td>{column}</td><td>{nameOfState(state)}</td><td>{count}</td></tr>)}</tbody>
          </table>
        </div>
      ) : counts ? <p className="cluster-hint">站点里没有稿件。</p> : null}
      {counts && counts.people.length > 0 ? (
        <ul className="cluster-findings">{counts.people.map(({ id, name, unit, duties }) => <li key={id}>{name}（{unit}）：{duties.map(nameOfDuty).join('、')}</li>)}</ul>
      ) : null}
    </>
  )
}
