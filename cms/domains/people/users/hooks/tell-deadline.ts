import type { CollectionConfig } from 'payload'
import { accountOf } from '../../../../access/granted-sites.ts'

type MeHook = NonNullable<NonNullable<CollectionConfig['hooks']>['me']>[number]

/** Tells the admin until when the session lives, so that it closes an unattended desk by itself; the token alone would live all day. */
export const tellDeadline: MeHook = ({ args, user }) => {
  const deadline = accountOf(args.req)?.signIn?.deadline
  return deadline && user ? { user, exp: Math.floor(deadline / 1000) } : undefined
}
