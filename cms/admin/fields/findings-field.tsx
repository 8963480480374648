'use client'

import { useField } from '@payloadcms/ui'
import type { JSONFieldClientProps } from 'payload'
import type { Issue } from '@cluster/shared/issue'

/** What an imported document lacks, in sentences. */
export function FindingsField({ path }: JSONFieldClientProps) {
  const { value } = useField<Issue[] | null>({ path })
  const findings = Array.isArray(value) ? value : []
  return (
    <div className="field-type">
      <p className="field-label">待补元数据</p>
      {findings.length === 0 ? <p className="cluster-hint">没有缺项。</p>
        : <ul className="cluster-findings">{findings.map(({ code, message }) => <li key={code}>{message}</li>)}</ul>}
    </div>
  )
}
