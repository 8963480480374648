'use client'

import { useState } from 'react'
import { call, type Refusal } from './call.ts'
import { Refusals } from './parts.tsx'

/** A button for one deed on the server; the page is read again when it is done. With `question`, it asks first. */
export function DeedButton({ path, label, question, body }: { path: string; label: string; question?: string; body?: Record<string, unknown> }) {
  const [refusals, setRefusals] = useState<Refusal[]>([])
  const [isAsking, setAsking] = useState(false)
  const act = async () => {
    const answer = await call('POST', path, body ?? {})
    if (answer.ok) window.location.reload()
    else setRefusals(answer.refusals)
  }
  return (
    <span className="cluster-row">
      {isAsking ? <span>{question}</span> : null}
      {isAsking ? <button type="button" className="cluster-button cluster-button--main" onClick={act}>确定</button> : null}
      {isAsking ? <button type="button" className="cluster-button" onClick={() => setAsking(false)}>取消</button>
        : <button type="button" className="cluster-button" onClick={question ? () => setAsking(true) : act}>{label}</button>}
      <Refusals refusals={refusals} />
    </span>
  )
}
