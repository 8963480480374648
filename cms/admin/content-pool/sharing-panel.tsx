'use client'

import { useCallback, useEffect, useState } from 'react'
import { SUBMISSION_STATES } from '@cluster/shared/publishing/content-pool/submission'
import type { PoolDocument } from '../../domains/publishing/content-pool/describe-document.ts'
import { call, type Refusal } from '../account/call.ts'
import { Refusals } from '../account/parts.tsx'
import { PushDialog } from './push-dialog.tsx'

/** On the edit page of a published text: where else it stands, and how it gets further. */
export function SharingPanel({ collection, id }: { collection: string; id: number }) {
  const [document, setDocument] = useState<PoolDocument | null>(null)
  const [isPushing, setPushing] = useState(false)
  const [isAsking, setAsking] = useState(false)
  const [refusals, setRefusals] = useState<Refusal[]>([])
  const [news, setNews] = useState('')
  const load = useCallback(async () => {
    const answer = await call<PoolDocument>('GET', `/api/content-pool/documents/${collection}/${id}`)
    if (answer.ok) setDocument(answer.value)
    // Whoever may not share the text is not told of it at each look.
    else setDocument(null)
  }, [collection, id])
  useEffect(() => { void load() }, [load])
  if (!document || (!document.mayPush && !document.superior && document.shownOn === 0)) return null
  const { site, mayPush, superior, submission, shownOn } = document
  const submit = async () => {
    setAsking(false)
    const answer = await call('POST', '/api/content-pool/submissions', { site: site.slug, collection, id })
    setRefusals(answer.ok ? [] : answer.refusals)
    setNews(answer.ok ? `已报送${superior?.name ?? '上级'}。` : '')
    await load()
  }
  return (
    <div className="cluster-sharing">
      <h4>内容共享</h4>
      {shownOn > 0 ? <p>另有 {shownOn} 个站点正在显示。更正和撤稿会同时生效。</p> : null}
      {submission ? <p>报送上级：{SUBMISSION_STATES[submission.state]}{submission.reason ? `（${submission.reason}）` : ''}</p> : null}
      <p role="status" className="cluster-hint">{news}</p>
      <Refusals refusals={refusals} />
      <div className="cluster-panel__actions">
        {mayPush ? <button type="button" className="cluster-button" onClick={() => setPushing(true)}>推送…</button> : null}
        {superior && submission?.state !== 'waiting' && submission?.state !== 'accepted' ? (
          isAsking ? (
            <div className="cluster-row">
              <span>报送给{superior.name}？</span>
              <button type="button" className="cluster-button cluster-button--main" onClick={() => void submit()}>确定报送</button>
              <button type="button" className="cluster-button" onClick={() => setAsking(false)}>取消</button>
            </div>
          ) : <button type="button" className="cluster-button" onClick={() => setAsking(true)}>报送上级</button>
        ) : null}
      </div>
      {isPushing ? (
        <PushDialog document={document} collection={collection} id={id} onClose={() => setPushing(false)}
          onDone={(words) => { setPushing(false); setNews(words); setRefusals([]); void load() }} />
      ) : null}
    </div>
  )
}
