'use client'

import { FieldLabel, useField } from '@payloadcms/ui'
import type { DateFieldClientProps, DefaultCellComponentProps } from 'payload'
import { lastDayOf } from '@cluster/shared/interaction/working-days'

/** A deadline as the last day on which the work may be done. */
export function DueField({ field, path }: DateFieldClientProps) {
  const { value } = useField<string | null>({ path })
  const label = typeof field.label === 'string' ? field.label : field.name
  return (
    <div className="field-type text read-only">
      <FieldLabel htmlFor={`field-${path}`} label={label} path={path} />
      <input id={`field-${path}`} type="text" readOnly value={value ? `${lastDayOf(value)} 前（含当日）` : '—'} />
    </div>
  )
}

export function DueCell({ cellData }: DefaultCellComponentProps) {
  return typeof cellData === 'string' ? <span>{lastDayOf(cellData)}</span> : null
}
