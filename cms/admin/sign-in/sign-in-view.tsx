import { redirect } from 'next/navigation.js'
import { getSafeRedirect } from 'payload/shared'
import type { AdminViewServerProps } from 'payload'
import { accountOf } from '../../access/granted-sites.ts'
import { Logo } from '../brand/logo.tsx'
import { SignInHelp } from '../brand/sign-in-help.tsx'
import { SignInForm } from './sign-in-form.tsx'

/** Where everybody comes in. */
export function SignInView({ initPageResult: { req }, searchParams }: AdminViewServerProps) {
  const target = getSafeRedirect({ fallbackTo: '/admin', redirectTo: searchParams?.redirect ?? '/admin' })
  if (accountOf(req)) redirect(target)
  return (
    <>
      <div className="login__brand"><Logo /></div>
      <SignInForm target={target} />
      <SignInHelp />
    </>
  )
}
