'use client'

import { useEffect, useState } from 'react'
import { GATE_CODES } from '@cluster/shared/governance/templates/gates'
import type { RolloutPage } from '../../domains/governance/rollouts/describe.ts'
import type { SiteFindings } from '../../domains/governance/rollouts/dry-run.ts'
import { call, type Refusal } from '../account/call.ts'
import { Refusals } from '../account/parts.tsx'
import { minuteOf } from '../dates.ts'
import { PAGE_NAMES } from './page-names.ts'
import { gateName } from './words.ts'

type Sites = RolloutPage['sites']

/** What was found, site by site: the red ones first, each gate with its sentences, each page with its figures. */
export function Evidence({ address, freshness, sites, empty }: { address: string; /** Another word: look again. */ freshness: string; sites: Sites; empty: string }) {
  const [found, setFound] = useState<SiteFindings[] | null>(null)
  const [refusals, setRefusals] = useState<Refusal[]>([])
  const [gate, setGate] = useState('red')
  const [wanted, setWanted] = useState('')
  useEffect(() => {
    let isCurrent = true
    void call<{ sites: SiteFindings[] }>('GET', address).then((answer) => {
      if (!isCurrent) return
      if (answer.ok) setFound(answer.value.sites)
      setRefusals(answer.ok ? [] : answer.refusals)
    })
    return () => { isCurrent = false }
  }, [address, freshness])
  if (found === null) return <><Refusals refusals={refusals} />{refusals.length === 0 ? <p className="cluster-hint">正在取检查结果……</p> : null}</>
  const nameOf = (slug: string) => sites.find((site) => site.slug === slug)?.division ?? slug
  const shown = found.filter(({ site, isGreen, verdicts }) => nameOf(site).includes(wanted.trim())
    && (gate === 'all' || (gate === 'red' ? !isGreen : verdicts.some((verdict) => verdict.gate === gate && !verdict.isGreen))))
  return (
    <>
      <p className="cluster-row">
        <label>显示 <select className="cluster-input" value={gate} onChange={(event) => setGate(event.target.value)}>
          <option value="red">不合格的站点</option><option value="all">全部站点</option>
          {GATE_CODES.map((code) => <option key={code} value={code}>不合格：{gateName(code)}</option>)}
        </select></label>
        <label>站点 <input className="cluster-input" type="search" value={wanted} maxLength={40} onChange={(event) => setWanted(event.target.value)} /></label>
        <span className="cluster-hint">{shown.length} 个，共 {found.length} 个</span>
      </p>
      {shown.length === 0 ? <p>{found.length === 0 ? empty : gate === 'red' ? '没有不合格的站点。' : '没有符合条件的站点。'}</p> : null}
      <ul className="cluster-sites-found">{shown.map((each) => <SiteFound key={each.site} found={each} name={nameOf(each.site)} />)}</ul>
    </>
  )
}

function SiteFound({ found: { site, isGreen, verdicts, evidence, at }, name }: { found: SiteFindings; name: string }) {
  const red = verdicts.filter((verdict) => !verdict.isGreen)
  return (
    <li id={`site-${site}`}>
      <details open={!isGreen && red.length <= 2}>
        <summary>{isGreen ? <span className="cluster-good">✓</span> : <span className="cluster-bad">✗</span>} {name} <span className="cluster-hint">{isGreen ? '全部合格' : red.map(({ gate }) => gateName(gate)).join('、')} · {minuteOf(at)}</span></summary>
        {red.map(({ gate, findings }) => (
          <div key={gate}><b>{gateName(gate)}</b>
            <ul className="cluster-findings">{findings.slice(0, 20).map((finding) => <li key={finding}>{finding}</li>)}{findings.length > 20 ? <li>另有 {findings.length - 20} 条。</li> : null}</ul>
          </div>))}
        <details className="cluster-pages-found"><summary>看过的 {evidence.pages.length} 个页面</summary><div className="cluster-table-wrap">
          <table className="cluster-table">
            <thead><tr><th scope="col">页面</th><th scope="col">地址</th><th scope="col">状态</th><th scope="col">大小</th><th scope="col">渲染</th><th scope="col">模板</th></tr></thead>
            <tbody>{evidence.pages.map(({ kind, path, status, bytes, renderMs, releases }) => (
              <tr key={kind}><td>{PAGE_NAMES[kind]}</td><td>{decodeURI(path)}</td><td>{status}</td><td>{(bytes / 1024).toFixed(0)} KB</td><td>{Math.round(renderMs)} 毫秒</td><td>{releases.join('、')}</td></tr>))}</tbody>
          </table>
        </div></details>
        {evidence.absent.length > 0 ? <p className="cluster-hint">这个站点还没有这些页面，没有检查：{evidence.absent.map((kind) => PAGE_NAMES[kind as keyof typeof PAGE_NAMES] ?? kind).join('、')}。</p> : null}
      </details>
    </li>
  )
}
