'use client'

import { FieldDescription, FieldLabel, useField } from '@payloadcms/ui'
import type { JSONFieldClientProps } from 'payload'

/** A list of sentences as a plain text box, one a line. */
export function LinesField({ field, path, readOnly }: JSONFieldClientProps) {
  const { value, setValue, disabled } = useField<string[] | null>({ path })
  const lines = Array.isArray(value) ? value : []
  const label = typeof field.label === 'string' ? field.label : field.name
  return (
    <div className="field-type textarea" data-field-path={path}>
      <FieldLabel htmlFor={`field-${path}`} label={label} path={path} />
      <textarea
        id={`field-${path}`} className="cluster-lines" rows={Math.max(3, lines.length)} value={lines.join('\n')} readOnly={readOnly} disabled={disabled}
        // An empty box is an empty list; a line that is being begun stays until the text is saved.
        onChange={(event) => setValue(event.target.value === '' ? [] : event.target.value.split('\n'))}
      />
      <FieldDescription description="通过、修正、废止的经过，每行一条。" path={path} />
    </div>
  )
}
