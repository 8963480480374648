import type { CollectionBeforeChangeHook } from 'payload'
import { personOf } from '../../../../access/granted-sites.ts'

/** Whoever sets a new password for their own account has made their first sign-in. */
export const noteChangedPassword: CollectionBeforeChangeHook = ({ data, originalDoc, operation, req }) => {
  const isOwn = operation === 'update' && personOf(req)?.id === originalDoc?.id
  return isOwn && typeof data.password === 'string' && data.password !== '' ? { ...data, mustChangePassword: false } : data
}
