'use client'

import { useId, useState } from 'react'
import { call, type Refusal } from '../account/call.ts'
import { Refusals } from '../account/parts.tsx'

type Release = { id: string; name: string; changes: string[]; issuedOn: string | null }

/** Chooses the release of a new rollout and shows what is new in it. */
export function NewRollout({ releases }: { releases: readonly Release[] }) {
  const id = useId()
  const [chosen, setChosen] = useState(releases.at(-1)?.id ?? '')
  const [refusals, setRefusals] = useState<Refusal[]>([])
  const [isBusy, setBusy] = useState(false)
  const release = releases.find((each) => each.id === chosen)
  const create = async () => {
    setBusy(true)
    const answer = await call<{ id: number }>('POST', '/api/rollouts', { release: chosen })
    if (answer.ok) window.location.assign(`/admin/rollouts/${answer.value.id}`)
    else {
      setRefusals(answer.refusals)
      setBusy(false)
    }
  }
  return (
    <>
      <p className="cluster-row">
        <label htmlFor={id}>模板</label>
        <select id={id} className="cluster-input" value={chosen} onChange={(event) => setChosen(event.target.value)}>
          {releases.map(({ id: key, name, issuedOn }) => <option key={key} value={key}>{name}（{key}，{issuedOn ? `${issuedOn} 发布` : '还在试用'}）</option>)}
        </select>
        <button type="button" className="cluster-button cluster-button--main" disabled={isBusy} onClick={() => void create()}>安排推行</button>
        <span className="cluster-hint">安排好以前，任何站点都不会变。</span>
      </p>
      {release ? <ul className="cluster-findings">{release.changes.map((change) => <li key={change}>{change}</li>)}</ul> : null}
      <Refusals refusals={refusals} />
    </>
  )
}
