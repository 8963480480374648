import { redirect } from 'next/navigation.js'
import type { AdminViewServerProps } from 'payload'
import { accountOf } from '../../access/granted-sites.ts'
import { Logo } from '../brand/logo.tsx'
import { FirstStep } from './first-step.tsx'

/** Where the admin sends whoever may not enter: people with a first step to take take it here. */
export function FirstStepsView({ initPageResult: { req } }: AdminViewServerProps) {
  const account = accountOf(req)
  if (!account) redirect('/admin/login')
  const step = account.signIn?.step
  if (!step) redirect('/admin')
  return (
    <div className="cluster-first-steps">
      <div className="login__brand"><Logo /></div>
      <FirstStep step={step} email={account.email} name={account.name} />
    </div>
  )
}
