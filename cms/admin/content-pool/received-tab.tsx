import { OFFER_STATES } from '@cluster/shared/publishing/content-pool/placement'
import { listReceived, type PoolNotice, type ReceivedOffer } from '../../domains/publishing/content-pool/list-received.ts'
import { DeedButton } from '../account/deed-button.tsx'
import type { Tab } from './content-pool-view.tsx'
import { Empty, nameOf, PoolTable, PublicTitle, When } from './parts.tsx'
import { ReasonButton } from './reason-button.tsx'

/** Originals that changed, then the offers of the sites above. */
export async function ReceivedTab({ req, sites }: Tab) {
  const { offers, notices } = await listReceived(req)
  if (offers.length + notices.length === 0) return <Empty title="没有收到推送" advice="上级单位推送选登内容时会出现在这里和待办里。" />
  return (
    <>
      {notices.length > 0 ? <Notices notices={notices} sites={sites} /> : null}
      {offers.length > 0 ? <Offers offers={offers} sites={sites} /> : null}
    </>
  )
}

function Notices({ notices, sites }: { notices: readonly PoolNotice[] } & Pick<Tab, 'sites'>) {
  return (
    <PoolTable caption="采用的原文有变化" heads={['原文变化', '站点', '改了什么', '时间', '办理']}>
      {notices.map(({ notice, collection, id, title, origin, site, change, parts, reason, personName, unit, at }) => (
        <tr key={notice}>
          <td><span className="cluster-reason">{change === 'corrected' ? '原文已更正' : '原文已撤稿'} · {nameOf(sites, origin)}</span>
            <PublicTitle sites={sites} site={origin} collection={collection} id={id} title={title} /></td>
          <td>{nameOf(sites, site)}</td>
          <td className="cluster-wide">{change === 'corrected' ? `${parts.join('、')}。本站点已同步更正。` : '本站点已同时撤下。'}
            <span className="cluster-quote">“{reason}”</span><span className="cluster-hint">{personName}（{unit}）</span></td>
          <td><When at={at} /></td>
          <td><DeedButton path={`/api/content-pool/notices/${notice}/seen`} label="知道了" /></td>
        </tr>))}
    </PoolTable>
  )
}

function Offers({ offers, sites }: { offers: readonly ReceivedOffer[] } & Pick<Tab, 'sites'>) {
  return (
    <PoolTable caption="上级推送的选登内容" heads={['推送内容', '站点', '推送时间', '状态', '办理']}>
      {offers.map(({ push, collection, id, title, from, site, state, reason, pushedAt, personName, unit }) => (
        <tr key={`${push}-${site}`}>
          <td><span className="cluster-reason">{nameOf(sites, from)} · {personName}（{unit}）</span>
            <PublicTitle sites={sites} site={from} collection={collection} id={id} title={title} /></td>
          <td>{nameOf(sites, site)}</td>
          <td><When at={pushedAt} /></td>
          <td>{OFFER_STATES[state]}{reason ? <span className="cluster-quote">“{reason}”</span> : null}</td>
          <td>
            {state === 'open' || state === 'declined' ? (
              <div className="cluster-row">
                <DeedButton path={`/api/content-pool/pushes/${push}/answer`} body={{ site, action: 'adopt' }} label="采用" question={`采用后马上显示在${nameOf(sites, site)}。`} />
                {state === 'open' ? (
                  <ReasonButton path={`/api/content-pool/pushes/${push}/answer`} body={{ site, action: 'decline' }} label="不采用" title={`不采用《${title}》`}
                    consequence="推送单位会看到您写的原因。以后改变主意，还可以采用。" question="为什么不采用" />) : null}
              </div>) : '—'}
          </td>
        </tr>))}
    </PoolTable>
  )
}
