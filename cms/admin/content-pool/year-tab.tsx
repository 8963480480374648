import { yearReport, yearSchema } from '../../domains/publishing/content-pool/year-report.ts'
import { today } from '../../access/granted-sites.ts'
import type { Tab } from './content-pool-view.tsx'
import { Empty, PoolTable } from './parts.tsx'

/** Submitting began with this cluster; earlier years have nothing. */
const YEARS_SHOWN = 5

/** The yearly table, with a year to choose and the file to take along. */
export async function YearTab({ req, asked }: Tab) {
  const current = Number(today().slice(0, 4))
  const parsed = yearSchema.safeParse(asked.year)
  const year = parsed.success ? parsed.data : current
  const rows = await yearReport(req, year)
  const years = [...new Set([year, ...Array.from({ length: YEARS_SHOWN }, (_, index) => current - index)])].toSorted((one, other) => other - one)
  return (
    <>
      <form className="cluster-row" method="get" action="/admin/content-pool">
        <input type="hidden" name="tab" value="year" />
        <label>年份 <select className="cluster-input" name="year" defaultValue={year}>{years.map((each) => <option key={each} value={each}>{each} 年</option>)}</select></label>
        <button className="cluster-button" type="submit">查看</button>
        {rows.length > 0 ? <a href={`/api/content-pool/years/${year}/csv`} download>下载表格（CSV，可用 Excel 打开）</a> : null}
      </form>
      {rows.length === 0 ? <Empty title={`${year} 年还没有办结的报送`} advice="上级采用或退回报送后，这里会有统计。" /> : (
        <PoolTable caption={`${year} 年报送采用情况，积分高的在前`} heads={['单位', '已办结', '采用', '市级采用', '省级采用', '积分']}>
          {rows.map(({ site, name, submitted, accepted, byCity, byProvince, points }) => (
            <tr key={site}>
              <td>{name}</td><td><Narrow words="已办结" />{submitted} 篇</td><td><Narrow words="采用" />{accepted} 篇</td>
              <td><Narrow words="市级采用" />{byCity} 篇</td><td><Narrow words="省级采用" />{byProvince} 篇</td><td><strong>{points} 分</strong></td>
            </tr>))}
        </PoolTable>)}
      <p className="cluster-hint">市级采用一篇 1 分，省级采用一篇 3 分。</p>
    </>
  )
}

/** A number's name, where a narrow screen leaves the heads of the columns out. */
const Narrow = ({ words }: { words: string }) => <span className="cluster-narrow">{words} </span>
