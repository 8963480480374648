'use client'

import { FieldLabel, useField } from '@payloadcms/ui'
import type { DateFieldClientProps, DefaultCellComponentProps } from 'payload'
import { lastDayOf } from '@cluster/shared/interaction/working-days'
import { minuteOf } from '../dates.ts'

/** A deadline as the last day on which the work may be done. */
export const DueField = (props: DateFieldClientProps) => <FixedTime {...props} write={(deadline) => `${lastDayOf(deadline)} 前（含当日）`} />

/** A moment that nobody changes, by Jiangsu's clock. */
export const MomentField = (props: DateFieldClientProps) => <FixedTime {...props} write={minuteOf} />

function FixedTime({ field, path, write }: DateFieldClientProps & { write: (iso: string) => string }) {
  const { value } = useField<string | null>({ path })
  const label = typeof field.label === 'string' ? field.label : field.name
  return (
    <div className="field-type text read-only">
      <FieldLabel htmlFor={`field-${path}`} label={label} path={path} />
      <input id={`field-${path}`} type="text" readOnly value={value ? write(value) : '—'} />
    </div>
  )
}

export function DueCell({ cellData }: DefaultCellComponentProps) {
  return typeof cellData === 'string' ? <span>{lastDayOf(cellData)}</span> : null
}
