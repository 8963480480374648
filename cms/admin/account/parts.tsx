'use client'

import { type InputHTMLAttributes, useId } from 'react'
import type { Refusal } from './call.ts'

/** What was refused, read out at once. */
export function Refusals({ refusals }: { refusals: readonly Refusal[] }) {
  return <div role="alert" className="cluster-alert">{refusals.map(({ code, message }) => <p key={code}>{message}</p>)}</div>
}

/** A labelled field with a word of help below it. */
export function Field({ label, hint, ...input }: { label: string; hint?: string } & InputHTMLAttributes<HTMLInputElement>) {
  const id = useId()
  return (
    <p className="cluster-field">
      <label htmlFor={id}>{label}</label>
      <input id={id} aria-describedby={hint ? `${id}-hint` : undefined} {...input} />
      {hint ? <span id={`${id}-hint`} className="cluster-hint">{hint}</span> : null}
    </p>
  )
}

/** Where a code is typed: figures on a telephone, filled in by the browser where it can. */
export function CodeField({ label = '动态验证码', hint, ...input }: { label?: string; hint?: string } & InputHTMLAttributes<HTMLInputElement>) {
  return <Field label={label} name="code" autoComplete="one-time-code" inputMode="text" maxLength={24} required {...(hint ? { hint } : {})} {...input} />
}
