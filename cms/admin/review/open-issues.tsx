'use client'

import { useConfig } from '@payloadcms/ui'
import type { Issue } from '@cluster/shared/issue'
import { labelOf } from './field-labels.ts'

/** What the text still lacks, each with the name of its field; a click leads there. */
export function OpenIssues({ issues, collection }: { issues: readonly Issue[]; collection: string }) {
  const { getEntityConfig } = useConfig()
  const fields = getEntityConfig({ collectionSlug: collection })?.fields ?? []
  const groups = [
    { title: '提交前须补全', issues: issues.filter(({ severity }) => severity === 'error') },
    { title: '建议补全', issues: issues.filter(({ severity }) => severity === 'warning') },
  ].filter((group) => group.issues.length > 0)
  return groups.map((group) => (
    <div key={group.title} className="cluster-issues">
      <h4>{group.title}（{group.issues.length} 项）</h4>
      <ul>
        {group.issues.map(({ code, path, message }) => (
          <li key={`${code}-${path}`}>
            {path ? <button type="button" className="cluster-link" onClick={() => showField(path)}>{labelOf(fields, path)}</button> : null}
            {path ? '：' : ''}{message}
          </li>
        ))}
      </ul>
    </div>
  ))
}

function showField(path: string): void {
  const field = document.getElementById(`field-${path.replaceAll('.', '__')}`) ?? document.querySelector(`[data-field-path="${CSS.escape(path)}"]`)
  field?.scrollIntoView({ block: 'center' })
  const input = field?.matches('input, textarea') ? field : field?.querySelector('input, textarea, [contenteditable="true"]')
  if (input instanceof HTMLElement) input.focus({ preventScroll: true })
}
