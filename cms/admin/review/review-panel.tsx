'use client'

import { useDocumentInfo, useFormModified } from '@payloadcms/ui'
import { useState } from 'react'
import { ACTIONS, type Action } from '@cluster/shared/publishing/states'
import { minuteOf } from '../dates.ts'
import { SharingPanel } from '../content-pool/sharing-panel.tsx'
import { LockSign } from '../lock-sign.tsx'
import { ActionDialog, RefusalList } from './action-dialog.tsx'
import { ChainSteps } from './chain-steps.tsx'
import { describeAction, isRare, mainActionOf } from './describe-action.ts'
import { OpenIssues } from './open-issues.tsx'
import type { Chain } from './requests.ts'
import { useReview } from './review-context.tsx'
import { StateBadge } from './state-badge.tsx'
import { useAction } from './use-action.ts'

/** What other sites may show. */
const SHARED = ['articles', 'policies']

/** Where a document stands in the review chain, and what the person may do about it. */
export function ReviewPanel() {
  const review = useReview()
  if (!review?.target) {
    return <section className="cluster-panel"><h3>审核</h3><p className="cluster-hint">先写下标题、选好栏目并保存草稿，之后就能预览和提交审核。</p></section>
  }
  if (review.failure) return <section className="cluster-panel"><h3>审核</h3><RefusalList refusals={[review.failure]} /></section>
  if (!review.chain) return <section className="cluster-panel" aria-busy="true"><h3>审核</h3><p className="cluster-hint">正在读取…</p></section>
  return <OpenPanel chain={review.chain} collection={review.target.collection} />
}

function OpenPanel({ chain, collection }: { chain: Chain; collection: string }) {
  const { data, id } = useDocumentInfo()
  const isModified = useFormModified()
  const { act, refusals, clear, isBusy } = useAction()
  const [asked, setAsked] = useState<Action | null>(null)
  const main = mainActionOf(chain.actions, chain.state)
  const others = chain.actions.filter((action) => action !== main)
  const begin = (action: Action) => {
    clear()
    const { consequence, reason, needsTime } = describeAction(action, chain.state)
    if (consequence || reason || needsTime) setAsked(action)
    else void act(action)
  }
  const button = (action: Action) => (
    <button key={action} type="button" className={`cluster-button ${action === main && !isModified ? 'cluster-button--main' : ''}`} disabled={isBusy} onClick={() => begin(action)}>
      {action === 'submit' && isModified ? '保存并提交审核' : describeAction(action, chain.state).label}
    </button>
  )
  const rare = others.filter(isRare)
  return (
    <section className="cluster-panel">
      <h3>审核</h3>
      <p><StateBadge state={chain.state} isLive={chain.isLive} /></p>
      <Facts chain={chain} data={data} />
      <LastWord chain={chain} />
      <ChainSteps chain={chain} />
      {chain.state === 'draft' ? <OpenIssues issues={chain.issues} collection={collection} /> : null}
      {asked ? null : <RefusalList refusals={refusals} />}
      <div className="cluster-panel__actions">{main ? button(main) : null}{others.filter((action) => !isRare(action)).map(button)}</div>
      {rare.length > 0 ? <details className="cluster-panel__rare"><summary>其他操作</summary><div className="cluster-panel__actions">{rare.map(button)}</div></details> : null}
      {chain.isLive && SHARED.includes(collection) && id ? <SharingPanel key={chain.state} collection={collection} id={Number(id)} /> : null}
      {chain.actions.length === 0 ? <p className="cluster-hint">{waitingSentence(chain)}</p> : null}
      {asked ? (
        <ActionDialog
          action={asked} state={chain.state} refusals={refusals} isBusy={isBusy} onClose={() => setAsked(null)}
          onConfirm={async (given) => { if (await act(asked, given)) setAsked(null) }}
        />
      ) : null}
    </section>
  )
}

/** Times that matter now, and why the fields below are locked. */
function Facts({ chain, data }: { chain: Chain; data?: Record<string, unknown> }) {
  const times = ([['发布时间', data?.publishedAt], ['定时发布', data?.scheduledFor], ['补审期限', data?.reviewDueAt]] as const)
    .flatMap(([label, value]) => (typeof value === 'string' ? [{ label, value }] : []))
  return (
    <>
      {times.length > 0 ? <dl className="cluster-facts">{times.map(({ label, value }) => <div key={label}><dt>{label}</dt><dd>{minuteOf(value)}</dd></div>)}</dl> : null}
      {chain.isLive && chain.state !== 'published' ? <p className="cluster-hint">网站上仍显示已发布的版本，新文字经三审后替换它。</p> : null}
      {chain.state === 'published' ? <p className="cluster-locked"><LockSign /> 已发布，内容锁定。如需修改请点“更正”。</p> : null}
      {chain.state === 'withdrawn' ? <p className="cluster-locked"><LockSign /> 已撤稿，内容锁定，只供查阅。</p> : null}
      {chain.portals ? <Taken {...chain.portals} /> : null}
    </>
  )
}

/** On how many portals a withdrawn text is gone. */
function Taken({ known, reached }: { known: number; reached: number }) {
  if (known === 0) return <p className="cluster-hint">还没有门户报到，不能确认网站上是否已撤下。请过一会儿刷新。</p>
  return reached === known
    ? <p className="cluster-hint">{known} 个门户都已撤下。</p>
    : <p className="cluster-note">{known} 个门户中已有 {reached} 个撤下，其余连上后会自动撤下。请刷新查看；长时间不变时请联系运维人员。</p>
}

/** The reason that was given with the last step, where the person who reads must act on it. */
function LastWord({ chain }: { chain: Chain }) {
  const [last] = chain.steps
  if (!last?.reason || !['return', 'recall', 'correct', 'withdraw', 'publish-now'].includes(last.action)) return null
  const verb = last.action === 'release' ? '' : ACTIONS[last.action]
  return (
    <div className="cluster-note">
      <strong>{verb}：</strong>{last.reason}
      <div className="cluster-hint">{last.name}（{last.unit}） {minuteOf(last.at)}</div>
    </div>
  )
}

function waitingSentence({ state }: Chain): string {
  if (state === 'published' || state === 'withdrawn') return '您目前没有可办理的操作。'
  if (state === 'draft') return '您可以查看；提交审核需要本站点的“编辑”职责。'
  return '正在等待审核。由其他人办理：您没有这一环节的职责，或已在前面签批过。'
}
