'use client'

import { toast, useConfig, useDocumentInfo, useForm, useFormModified } from '@payloadcms/ui'
import { useEffect, useState } from 'react'
import { minuteOf } from '../dates.ts'
import { Dialog } from '../dialog.tsx'
import { LayoutDifference } from '../layout/layout-difference.tsx'
import { RefusalList } from './action-dialog.tsx'
import { Difference } from './difference.tsx'
import { type Document, readDocument, readVersion, readVersions, type Refusal, type VersionEntry, type VersionText } from './requests.ts'
import { useReview } from './review-context.tsx'
import { textOfDocument } from './text-of-document.ts'

/** Every text that was ever saved of the document, refused ones included; each can be read, compared and taken back into the form. */
export function HistoryPanel({ version: wanted }: { version?: number }) {
  const review = useReview()
  const [versions, setVersions] = useState<VersionEntry[] | null>(null)
  const [chosen, setChosen] = useState<VersionText | null>(null)
  const [present, setPresent] = useState<Document | null>(null)
  const [refusals, setRefusals] = useState<Refusal[]>([])
  const target = review?.target
  const open = async (id: number) => {
    if (!target) return
    const answer = await readVersion(target, id)
    if (answer.ok) setChosen(answer.value)
    setRefusals(answer.ok ? [] : answer.refusals)
  }
  useEffect(() => {
    if (!target) return
    void readVersions(target).then((answer) => {
      if (answer.ok) setVersions(answer.value.versions)
      else setRefusals(answer.refusals)
    })
    void readDocument(target).then((answer) => {
      if (answer.ok) setPresent(answer.value)
      else setRefusals(answer.refusals)
    })
    if (wanted) void open(wanted)
    // Read once when the panel opens: what is saved later belongs to the next opening.
  }, [])
  if (!review || !target) return null
  return (
    <Dialog kind="panel" title="历史版本" onClose={() => review.setHistory(null)}>
      <RefusalList refusals={refusals} />
      <div className="cluster-history">
        <ul className="cluster-history__list">
          {versions?.map((version) => (
            <li key={version.id}>
              <button type="button" aria-current={chosen?.id === version.id ? 'true' : undefined} onClick={() => void open(version.id)}>
                <strong>第 {version.version} 版</strong> {version.isRefused ? <em className="cluster-state cluster-state--waiting">未保存的文字</em> : null}
                <span>{version.personName} · {minuteOf(version.at)}</span>
              </button>
            </li>
          ))}
          {versions?.length === 0 ? <li className="cluster-hint">还没有保存过。</li> : null}
          {versions === null && refusals.length === 0 ? <li className="cluster-hint">正在读取…</li> : null}
        </ul>
        {chosen && present ? <VersionView version={chosen} present={present} /> : <p className="cluster-hint">点左边的一个版本，查看它的文字，以及与现在的差别。</p>}
      </div>
    </Dialog>
  )
}

/** One version beside the document as it is saved now, which may be newer than the page below. */
function VersionView({ version, present: document }: { version: VersionText; present: Document }) {
  const review = useReview()
  const { reset, setModified } = useForm()
  const isModified = useFormModified()
  const { collectionSlug, hasSavePermission, setData } = useDocumentInfo()
  const { getEntityConfig } = useConfig()
  const [isComparing, setIsComparing] = useState(true)
  const fields = getEntityConfig({ collectionSlug: collectionSlug ?? '' })?.fields ?? []
  const present = new Map(textOfDocument(fields, document).map(({ name, text }) => [name, text]))
  const texts = textOfDocument(fields, version.snapshot)
  // A layout is no text: what changed is told in sentences.
  const isLayout = collectionSlug === 'layouts'
  const changed = texts.filter(({ name, text }) => text !== (present.get(name) ?? ''))
  const shown = isComparing ? changed : texts.filter(({ text }) => text)
  const restore = async () => {
    setData(document)
    // On the latest version, so that the next save does not meet the same conflict again.
    await reset({ ...document, ...version.snapshot })
    setModified(true)
    review?.setHistory(null)
    toast.info(`已放入第 ${version.version} 版的文字，检查后请点“保存”。`)
  }
  return (
    <div className="cluster-history__text">
      <div className="cluster-history__bar">
        <p><strong>第 {version.version} 版</strong>　{version.personName}　{minuteOf(version.at)}{version.isRefused ? '　这份文字当时没有存进稿件' : ''}</p>
        {isLayout ? null : <label><input type="checkbox" checked={isComparing} onChange={(event) => setIsComparing(event.target.checked)} /> 只看与现在保存的文字的差别</label>}
        {hasSavePermission ? <button type="button" className="cluster-button" onClick={() => void restore()}>恢复这份文字{isModified ? '（替换页面上没保存的修改）' : ''}</button> : null}
      </div>
      {isLayout ? <LayoutDifference id={document.id} before={version.snapshot} after={document} /> : null}
      {isComparing && !isLayout ? <p className="cluster-hint"><del>删除线</del>是这一版有、现在没有的，<ins>下划线</ins>是现在新增的。</p> : null}
      {isComparing && !isLayout && changed.length === 0 ? <p>与现在保存的文字完全一样。</p> : null}
      {isLayout ? null : shown.map(({ name, label, text }) => (
        <section key={name}>
          <h4>{label}</h4>
          {isComparing ? <Difference before={text} after={present.get(name) ?? ''} /> : <div className="cluster-difference">{text}</div>}
        </section>
      ))}
    </div>
  )
}
