'use client'

import { useEffect, useState } from 'react'
import { describeChanges } from '@cluster/shared/governance/templates/describe-changes'
import type { Manifest } from '@cluster/shared/governance/templates/manifest'
import { parseChoices } from '../../domains/governance/layouts/choices-of.ts'
import { RefusalList } from '../review/action-dialog.tsx'
import type { Refusal } from '../review/requests.ts'
import { readFrame } from './requests.ts'

/** What was changed from one kept layout to the other, in words. */
export function LayoutDifference({ id, before, after }: { id: number; before: Record<string, unknown>; after: Record<string, unknown> }) {
  const [manifest, setManifest] = useState<Manifest | null>(null)
  const [refusals, setRefusals] = useState<Refusal[]>([])
  useEffect(() => {
    void readFrame(id).then((answer) => {
      if (answer.ok) setManifest(answer.value.manifest as Manifest)
      else setRefusals(answer.refusals)
    })
  }, [id])
  if (!manifest) return refusals.length > 0 ? <RefusalList refusals={refusals} /> : <p className="cluster-hint">正在读取…</p>
  const [was, is] = [parseChoices(before), parseChoices(after)]
  if (!was.success || !is.success) return <p>这一份当时没有写对，不能对照。</p>
  const sentences = describeChanges(manifest, was.data, is.data)
  return sentences.length === 0
    ? <p>与现在保存的布置完全一样。</p>
    : <><p className="cluster-hint">从这一版到现在保存的布置：</p><ul className="cluster-differs">{sentences.map((sentence) => <li key={sentence}>{sentence}</li>)}</ul></>
}
